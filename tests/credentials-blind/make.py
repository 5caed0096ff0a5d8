"""Writes corpus/ and labels.json. Every run makes new throw-away keys, so the committed files, not this script,
are the frozen corpus. Needs openssl, mkpasswd, htpasswd, mosquitto_passwd, ssh-keygen, dropbearkey, puttygen, gpg,
wg, age, keytool, gcc, strip, and in Python cryptography and esp-idf-nvs-partition-gen.

Tokens are stored in parts: JOIN stands between two parts and is taken out when the test lays the case out.
"""
import base64, binascii, gzip, hashlib, io, json, os, random, shutil, sqlite3, string, struct, subprocess, sys, tarfile, tempfile
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE / 'corpus'
JOIN = '<+>'
TMP = Path(tempfile.mkdtemp())
rnd = random.Random()
labels = []

def run(*cmd, stdin=b'', cwd=TMP, env=None):
    done = subprocess.run([str(c) for c in cmd], input=stdin, capture_output=True, cwd=cwd, env={**os.environ, **(env or {})})
    if done.returncode: sys.exit(f'{cmd}: {done.stderr.decode()}')
    return done.stdout

def text(*cmd, **more): return run(*cmd, **more).decode().strip()
def parts(*pieces): return JOIN.join(pieces)
def alnum(n, chars=string.ascii_letters + string.digits): return ''.join(rnd.choice(chars) for _ in range(n))
def hexes(n): return alnum(n, '0123456789abcdef')

def case(expect, slug, kind, reason, files, where=None):
    number = len(labels) + 1
    folder = f"{'positive' if expect == 'finding' else 'negative'}/{number:03d}-{slug}"
    for path, body in files.items():
        to = OUT / folder / path
        to.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(body, str): body = body.encode()
        elif JOIN.encode() in body: sys.exit(f'{slug}: join mark in binary')
        to.write_bytes(body)
    labels.append({'case': folder, 'expect': expect, 'kind': kind, 'reason': reason,
                   **({'where': where or list(files)} if expect == 'finding' else {})})

def bad(*a, **k): case('finding', *a, **k)
def good(*a, **k): case('harmless', *a, **k)

def crypt(method, password, *more): return text('mkpasswd', '-m', method, *more, password)
def fresh(name): return TMP / f'{len(labels)}-{name}'

def rsa(form='PEM', bits=2048, traditional=True):
    key = fresh('rsa')
    run('openssl', 'genrsa', *(['-traditional'] if traditional else []), '-out', key, bits)
    if form == 'DER':
        return run('openssl', 'rsa', '-in', key, '-outform', 'DER', *(['-traditional'] if traditional else []))
    return key.read_text()

def ec(form='PEM', pkcs8=False):
    key = fresh('ec')
    run('openssl', 'ecparam', '-name', 'prime256v1', '-genkey', *([] if pkcs8 else []), '-out', key)
    if pkcs8: return run('openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', key, '-outform', form)
    return key.read_text() if form == 'PEM' else run('openssl', 'ec', '-in', key, '-outform', form)

def cert(key, subject, days=3650, ca=False):
    path = fresh('certkey'); path.write_text(key)
    return text('openssl', 'req', '-x509', '-new', '-key', path, '-days', days, '-subj', subject,
                *(['-addext', 'basicConstraints=critical,CA:TRUE'] if ca else [])) + '\n'

def public(key):
    return text('openssl', 'pkey', '-pubout', stdin=key.encode()) + '\n'

def elf(source, strip=True):
    c = fresh('elf.c'); c.write_text(source); out = fresh('elf')
    run('gcc', '-Os', '-fno-stack-protector', '-fno-asynchronous-unwind-tables', '-Wl,--build-id=none', '-Wl,-z,noseparate-code', '-w', '-o', out, c)
    if strip: run('strip', out)
    return out.read_bytes()

def sqlite(*statements):
    path = fresh('db'); db = sqlite3.connect(path)
    db.execute('pragma page_size=1024')
    for one in statements:
        db.execute(*one) if isinstance(one, tuple) else db.execute(one)
    db.commit(); db.close()
    return path.read_bytes()

def uboot(env, size=4096):
    data = b''.join(f'{k}={v}'.encode() + b'\0' for k, v in env.items()) + b'\0'
    data = data.ljust(size - 4, b'\0')
    return struct.pack('<I', binascii.crc32(data)) + data

def nvs(csv):
    source = fresh('nvs.csv'); source.write_text(csv); out = fresh('nvs.bin')
    run(sys.executable, '-m', 'esp_idf_nvs_partition_gen', 'generate', source, out, '0x3000')
    return out.read_bytes()

def targz(files):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode='w') as tar:
        for name, body in files.items():
            info = tarfile.TarInfo(name); info.size = len(body); tar.addfile(info, io.BytesIO(body))
    return gzip.compress(raw.getvalue(), mtime=0)

def ssh_public(comment):
    path = fresh('ssh'); run('ssh-keygen', '-q', '-t', 'rsa', '-b', '2048', '-N', '', '-C', comment, '-f', path)
    return path.with_suffix('.pub').read_text() if path.with_suffix('.pub').exists() else Path(f'{path}.pub').read_text()

PASSWD = 'root:x:0:0:root:/root:/bin/ash\ndaemon:*:1:1:daemon:/var:/bin/false\nnobody:*:65534:65534:nobody:/var:/bin/false\n'
def shadow(field): return f'root:{field}:18789:0:99999:7:::\ndaemon:*:0:0:99999:7:::\nnobody:*:0:0:99999:7:::\n'
def account(slug, field, reason, kind='accounts'): bad(slug, kind, reason, {'etc/shadow': shadow(field), 'etc/passwd': PASSWD}, ['etc/shadow'])

exec((HERE / 'positive.py').read_text())
exec((HERE / 'negative.py').read_text())
(HERE / 'labels.json').write_text('[\n' + ',\n'.join('  ' + json.dumps(one) for one in labels) + '\n]\n')
shutil.rmtree(TMP)
