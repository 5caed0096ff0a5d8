"""Makes the fixtures of the formats that are only accounted for (`inlay`): python3 inlays.py, in an empty folder, on Debian 12.

Tools: Pillow 13.0 (libjpeg-turbo, libwebp), fontTools 4.68, pikepdf 10.18 (qpdf), pypdf, scapy 2.8; javac 17 and dx 9.0.0_r3
(com.jakewharton.android.repackaged:dalvik-dx, as dx.jar); msgfmt 0.21, zic 2.36, wat2wasm 1.0.32, openssl 3.0, opusenc 0.2,
oggenc 1.4.2, lame 3.100; CPython as pyenv has it. The throw-away keys of the certificates are not kept.
"""

import io
import os
import shutil
import struct
import subprocess
import wave

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection
import pikepdf
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from scapy.all import IP, UDP, Ether, PcapNgWriter, wrpcap

FORMATS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'formats')
PYENV = os.path.expanduser('~/.pyenv/versions')


def out(fmt, name, data, kind='positive'):
    folder = os.path.join(FORMATS, fmt, 'fixtures', kind)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), 'wb') as file:
        file.write(data)


def read(name):
    with open(name, 'rb') as file:
        return file.read()


def write(name, data):
    with open(name, 'wb') as file:
        file.write(data)


def run(*words, **more):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **more).stdout


def written(save):
    out = io.BytesIO()
    save(out)
    return out.getvalue()


write(
    'T.java',
    b'public class T { static final long N = 1L << 40; static final String S = "M\\u00fcll"; int f; public static void main(String[] a) { System.out.println(S + N); } }\n',
)
run('javac', '-source', '8', '-target', '8', 'T.java')
run('java', '-cp', 'dx.jar', 'com.android.dx.command.Main', '--dex', '--output=t.dex', 'T.class')


def pic(w=16, h=12, mode='RGB'):
    im = Image.new('RGB', (w, h))
    im.putdata([((x * 16) % 256, (y * 20) % 256, (x * y) % 256) for y in range(h) for x in range(w)])
    return im.convert(mode)


def save(im, **k):
    b = io.BytesIO()
    im.save(b, **k)
    return b.getvalue()


png = save(pic(), format='PNG')
out('png', 'colours.png', png)
i = PngImagePlugin.PngInfo()
i.add_text('Comment', 'numbers ' * 20)
out('png', 'text.png', save(pic(mode='P'), format='PNG', pnginfo=i))
bad = bytearray(png)
bad[17] ^= 1
out('png', 'checksum.png', bytes(bad), 'negative')
out('png', 'endless.png', png[:-12] + b'\0' * 40, 'negative')
j = save(pic(64, 64), format='JPEG', quality=60)
out('jpeg', 'baseline.jpg', j)
out('jpeg', 'progressive.jpg', save(pic(40, 40), format='JPEG', progressive=True))
out(
    'jpeg',
    'exif.jpg',
    save(pic(16, 16), format='JPEG', exif=b'Exif\0\0II*\0\x08\0\0\0\0\0\0\0', comment='made for a test'),
)
out('jpeg', 'grey-restarts.jpg', save(pic(64, 64, 'L'), format='JPEG', restart_marker_rows=1))
k = j.index(b'\xff\xc0')
b = bytearray(j)
b[k + 9] = 2
out('jpeg', 'components.jpg', bytes(b), 'negative')
out('jpeg', 'no-scan.jpg', j[: j.index(b'\xff\xda')] + b'\xff\xd9', 'negative')
g = save(pic(mode='P'), format='GIF')
out('gif', 'still.gif', g)
fr = [pic(8 + n, 8, 'P').resize((16, 12)) for n in range(3)]
out(
    'gif',
    'moving.gif',
    save(
        fr[0],
        format='GIF',
        save_all=True,
        append_images=fr[1:],
        duration=100,
        loop=0,
        comment=b'made for a test',
    ),
)
out(
    'gif',
    'no-picture.gif',
    g[: 13 + 768] + b';' if g[10] & 7 == 7 else g[: 13 + 3 * 2 ** ((g[10] & 7) + 1)] + b';',
    'negative',
)
out('gif', 'no-size.gif', g[:6] + b'\0\0' + g[8:], 'negative')
bm = save(pic(), format='BMP')
out('bmp', 'colours.bmp', bm)
out('bmp', 'palette.bmp', save(pic(mode='P'), format='BMP'))
out('bmp', 'bits.bmp', save(pic(mode='1'), format='BMP'))
out('bmp', 'size.bmp', bm[:2] + struct.pack('<I', len(bm) + 40) + bm[6:] + b'\0' * 40, 'negative')
out('bmp', 'planes.bmp', bm[:26] + b'\2\0' + bm[28:], 'negative')
w = io.BytesIO()
f = wave.open(w, 'wb')
f.setparams((1, 2, 8000, 0, 'NONE', ''))
f.writeframes(b''.join(struct.pack('<h', (n * 400) % 20000) for n in range(200)))
f.close()
w = w.getvalue()
out('riff', 'tone.wav', w)
out('riff', 'picture.webp', save(pic(), format='WEBP'))
out(
    'riff',
    'moving.webp',
    save(
        fr[0].convert('RGB'), format='WEBP', save_all=True, append_images=[x.convert('RGB') for x in fr[1:]]
    ),
)
out('riff', 'chunk.wav', w[:40] + struct.pack('<I', 999) + w[44:], 'negative')
out('riff', 'form.wav', w[:8] + b'NONE' + w[12:], 'negative')
out('riff', 'streamed.wav', w[:4] + b'\xff\xff\xff\xff' + w[8:], 'negative')


# fonts
def box(pen):
    pen.moveTo((0, 0))
    pen.lineTo((500, 0))
    pen.lineTo((500, 700))
    pen.lineTo((0, 700))
    pen.closePath()


def font(ttf):
    fb = FontBuilder(1000, isTTF=ttf)
    fb.setupGlyphOrder(['.notdef', 'A'])
    fb.setupCharacterMap({65: 'A'})
    if ttf:
        p = TTGlyphPen(None)
        box(p)
        gl = p.glyph()
        fb.setupGlyf({'.notdef': gl, 'A': gl})
    else:
        p = T2CharStringPen(500, None)
        box(p)
        cs = p.getCharString()
        fb.setupCFF('Test', {}, {'.notdef': cs, 'A': cs}, {})
    fb.setupHorizontalMetrics({'.notdef': (500, 0), 'A': (500, 0)})
    fb.setupHorizontalHeader(ascent=800, descent=-200)
    fb.setupNameTable({'familyName': 'Test', 'styleName': 'Regular'})
    fb.setupOS2(sTypoAscender=800)
    fb.setupPost()
    fb.font.recalcTimestamp = False
    fb.font['head'].created = fb.font['head'].modified = 3_700_000_000
    return fb.font


def fsave(f, flavor=None):
    b = io.BytesIO()
    f.flavor = flavor
    f.save(b)
    return b.getvalue()


t = fsave(font(True))
o = fsave(font(False))
out('sfnt', 'box.ttf', t)
out('sfnt', 'box.otf', o)
c = TTCollection()
c.fonts = [font(True), font(True)]
b = io.BytesIO()
c.save(b)
out('sfnt', 'two.ttc', b.getvalue())
out('sfnt', 'search-range.ttf', t[:7] + b'\1' + t[8:], 'negative')
h = t.index(b'head')
off = struct.unpack('>I', t[h + 8 : h + 12])[0]
out('sfnt', 'head.ttf', t[: off + 12] + b'\0' * 4 + t[off + 16 :], 'negative')
w1 = fsave(font(True), 'woff')
w2 = fsave(font(True), 'woff2')
out('woff', 'box.woff', w1)
out('woff', 'box.woff2', w2)
out('woff', 'length.woff', w1[:8] + struct.pack('>I', len(w1) + 64) + w1[12:] + b'\0' * 64, 'negative')
out('woff', 'tables.woff2', w2[:12] + b'\0\0' + w2[14:], 'negative')
# pdf
pd = pikepdf.new()
pd.add_blank_page(page_size=(100, 100))
b = io.BytesIO()
pd.save(b, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
p = b.getvalue()
out('pdf', 'table.pdf', p)
b = io.BytesIO()
pd.save(b, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
out('pdf', 'stream.pdf', b.getvalue())
b = io.BytesIO()
pd.save(b, linearize=True, deterministic_id=True)
out('pdf', 'web.pdf', b.getvalue())
open('inc.pdf', 'wb').write(p)
w = PdfWriter('inc.pdf', incremental=True)
w.add_metadata({'/Title': 'changed'})
b = io.BytesIO()
w.write(b)
out('pdf', 'changed.pdf', b.getvalue())
k = p.rindex(b'startxref')
out('pdf', 'reference.pdf', p[:k] + b'startxref\n3\n%%EOF\n', 'negative')
out('pdf', 'no-end.pdf', p[:k], 'negative')
# java, dex
j = read('T.class')
out('java-class', 'T.class', j)
out('java-class', 'tag.class', j[:10] + b'\x63' + j[11:], 'negative')
out('java-class', 'universal.bin', b'\xca\xfe\xba\xbe\0\0\0\2' + b'\0' * 60, 'negative')
if os.path.exists('t.dex'):
    d = open('t.dex', 'rb').read()
    out('dex', 't.dex', d)
    out('dex', 'endian.dex', d[:40] + d[40:44][::-1] + d[44:], 'negative')
    out('dex', 'size.dex', d[:32] + struct.pack('<I', len(d) + 1) + d[36:], 'negative')
# pcap
pk = [
    Ether(dst='02:00:00:00:00:01', src='02:00:00:00:00:02')
    / IP(src='192.0.2.1', dst='192.0.2.2')
    / UDP(sport=1, dport=2)
    / (b'x' * n)
    for n in (1, 20, 300)
]
for n, x in enumerate(pk):
    x.time = 1700000000 + n
wrpcap('a.pcap', pk)
a = open('a.pcap', 'rb').read()
out('pcap', 'three.pcap', a)
wrpcap('n.pcap', pk, nano=True, endianness='>')
out('pcap', 'nanoseconds-big-endian.pcap', open('n.pcap', 'rb').read())
wr = PcapNgWriter('a.pcapng')
[wr.write(x) for x in pk]
wr.close()
n = open('a.pcapng', 'rb').read()
out('pcap', 'three.pcapng', n)
out('pcap', 'version.pcap', a[:4] + b'\3\0' + a[6:], 'negative')
out('pcap', 'no-packet.pcap', a[:24] + b'\xff' * 40, 'negative')
out('pcap', 'order.pcapng', n[:8] + b'\0' * 4 + n[12:], 'negative')
open('m.po', 'w').write(
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "network"\nmsgstr "Netz"\n\nmsgid "password"\nmsgstr "Passwort"\n\nmsgid "file"\nmsgid_plural "files"\nmsgstr[0] "Datei"\nmsgstr[1] "Dateien"\n'
)
run('msgfmt', '-o', 'm.mo', 'm.po')
m = read('m.mo')
out('gettext-mo', 'messages.mo', m)
run('msgfmt', '--endianness=big', '--no-hash', '-o', 'b.mo', 'm.po')
out('gettext-mo', 'big-endian.mo', read('b.mo'))
out('gettext-mo', 'no-nul.mo', m[:-1] + b'x', 'negative')
out('gettext-mo', 'revision.mo', m[:4] + b'\0\0\2\0' + m[8:], 'negative')
open('z', 'w').write(
    'Rule E 1980 only - Apr 6 1:00u 1:00 S\nRule E 1980 only - Sep lastSun 1:00u 0 -\nRule E 1981 max - Mar lastSun 1:00u 1:00 S\nRule E 1996 max - Oct lastSun 1:00u 0 -\nRule E 1981 1995 - Sep lastSun 1:00u 0 -\nZone Test/Berlin 0:53:28 - LMT 1893 Apr\n 1:00 - CET 1980\n 1:00 E CE%sT\nZone Test/Fixed 0 - UTC\n'
)
for kind, folder in (('fat', 'zi'), ('slim', 'zs')):
    shutil.rmtree(folder, ignore_errors=True)
    run('zic', '-b', kind, '-d', os.path.abspath(folder), 'z')
t = read('zi/Test/Berlin')
out('tzif', 'fat', t)
out('tzif', 'slim', read('zs/Test/Berlin'))
out('tzif', 'fixed', read('zs/Test/Fixed'))
out('tzif', 'reserved', t[:9] + b'\1' + t[10:], 'negative')
out('tzif', 'footer', t.rstrip(b'\n') + b'x', 'negative')
open('a.wat', 'w').write(
    '(module (type (func (param i32) (result i32))) (import "m" "f" (func (type 0))) (memory 1) (data (i32.const 0) "numbers") (func (export "g") (type 0) local.get 0 call 0 i32.const 1 i32.add))'
)
run('wat2wasm', '--debug-names', '-o', 'a.wasm', 'a.wat')
a = read('a.wasm')
out('wasm', 'named.wasm', a)
run('wat2wasm', '-o', 'b.wasm', 'a.wat')
out('wasm', 'plain.wasm', read('b.wasm'))
out('wasm', 'empty.wasm', a[:8], 'negative')
out('wasm', 'section.wasm', a[:8] + b'\x55' + a[9:], 'negative')
src = 'N = 1 << 70\nS = "M\\u00fcller"\nD = {"a": 1.5, 2: (None, True, b"x" * 300)}\n\nclass C:\n    def f(self, a, b=2, *c, d=3j):\n        try:\n            return [x for x in c if x in {1, 2, 3}]\n        except ValueError:\n            return ...\n'
open('n.py', 'w').write(src)
open('n2.py', 'w').write(
    'N = 1 << 70\nS = u"M\\u00fcller"\nclass C:\n    def f(self, a, b=2, *c):\n        return [x for x in c if x in (1, 2, 3j)], 1.5\n'
)
for v, tag in (
    ('2.7.18', '27'),
    ('3.6.15', '36'),
    ('3.7.16', '37'),
    ('3.8.18', '38'),
    ('3.10.13', '310'),
    ('3.11.7', '311'),
    ('3.12.1', '312'),
    ('3.13.0', '313'),
):
    s = 'n2.py' if v[0] == '2' else 'n.py'
    os.utime(s, (1700000000, 1700000000))
    run(
        f'{PYENV}/{v}/bin/python',
        '-c',
        f'import py_compile; py_compile.compile("{s}", "o.pyc", "n.py", True)',
    )
    o = read('o.pyc')
    out('pyc', f'python-{tag}.pyc', o)
out('pyc', 'kind.pyc', o[:16] + b'i\1\0\0\0', 'negative')
k = o.rindex(b'n.py')
out(
    'pyc',
    'unknown-object.pyc',
    o[:20] + o[20:].replace(b'\xa9', b'\x7f', 1) if b'\xa9' in o[20:] else o[:38] + b'\x7f' + o[39:],
    'negative',
)
run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'k',
    '-out',
    'c.der',
    '-outform',
    'DER',
    '-subj',
    '/CN=test.invalid',
    '-days',
    '30',
    '-addext',
    'subjectAltName=DNS:test.invalid',
)
c = read('c.der')
out('x509-der', 'rsa.der', c)
run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    'k',
    '-out',
    'e.der',
    '-outform',
    'DER',
    '-subj',
    '/CN=t',
    '-days',
    '30',
)
out('x509-der', 'ec.der', read('e.der'))
run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'ed25519',
    '-nodes',
    '-keyout',
    'k',
    '-out',
    's.der',
    '-outform',
    'DER',
    '-subj',
    '/CN=t',
    '-days',
    '30',
    '-addext',
    'keyUsage=digitalSignature',
    '-config',
    '/dev/stdin',
    input=b'[req]\ndistinguished_name=d\n[d]\n',
)
out('x509-der', 'short.der', read('s.der'))
out(
    'x509-der',
    'time.der',
    (
        c.replace(b'Z0\x17\x17\r', b'Z0\x17\x17\r')
        if 0
        else c[: c.index(b'\x17\x0d')] + b'\x17\x0d' + b'99' * 6 + b'Z' + c[c.index(b'\x17\x0d') + 15 :]
    ),
    'negative',
)
out(
    'x509-der',
    'version-only.der',
    b'\x30\x82\x01\x00\x30\x82\x00\x80' + c[8:13] + b'\x02' + b'\xee' * 260,
    'negative',
)
os.remove('k')
w = wave.open('t.wav', 'wb')
w.setparams((1, 2, 8000, 0, 'NONE', ''))
w.writeframes(b''.join(struct.pack('<h', int(8000 * (((n * 440) % 8000) / 4000 - 1))) for n in range(8000)))
w.close()
run('opusenc', '--quiet', '--bitrate', '6', '--serial', '1', 't.wav', 't.opus')
g = read('t.opus')
out('ogg', 'tone.opus', g)
run('oggenc', '-Q', '-q', '-1', '-s', '1', '-o', 't.ogg', 't.wav')
out('ogg', 'tone.ogg', read('t.ogg'))
out('ogg', 'not-first.ogg', g[:5] + b'\0' + g[6:], 'negative')
out('ogg', 'cut.ogg', g[:40], 'negative')
run('lame', '--quiet', '-b', '8', '-m', 'm', '--resample', '8', '-t', 't.wav', 't.mp3')
p = read('t.mp3')
out('mp3', 'tone.mp3', p)
run('lame', '--quiet', '-V', '9', '-m', 'm', '--tt', 'Tone', '--id3v2-only', 't.wav', 'v.mp3')
out('mp3', 'tagged.mp3', read('v.mp3'))
run(
    'lame',
    '--quiet',
    '-b',
    '32',
    '-m',
    'm',
    '--resample',
    '32',
    '--tt',
    'Tone',
    '--id3v1-only',
    't.wav',
    'o.mp3',
)
out('mp3', 'old-tag.mp3', read('o.mp3'))
out('mp3', 'few-frames.mp3', p[: 72 * 8], 'negative')
out('mp3', 'rate.mp3', p[:2] + b'\xf0' + p[3:], 'negative')
