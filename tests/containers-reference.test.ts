import { createHash } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { has, type Listed, listed, run, sha256 } from './reference.ts'

// File systems, archives, streams and disks that their own tools make here of one tree of some megabytes: each file has to come
// out with its content, and nothing else. Those that keep what Unix knows of a file get links and modes as well.

const folder = mkdtempSync(join(tmpdir(), 'messlatte-containers-'))
const tree = join(folder, 'tree')
const unixTree = join(folder, 'unix-tree')

interface Maker {
  /** Of the format that gives the files, with a folder within it. */
  readonly format: string
  readonly title?: string
  /** Programs that it needs. */
  readonly needs: readonly string[]
  /** Whether it keeps modes and links. */
  readonly unix?: true
  /** Shell commands that make `image` out of the folder `tree`, in a folder of their own. */
  readonly commands: string
}

/** Writes the prototype of a folder from which mkfs.xfs makes a file system. */
const PROTOTYPE = fileURLToPath(
  new URL('../packages/unpack/src/formats/xfs/fixtures/proto.py', import.meta.url),
)

const MAKERS: readonly Maker[] = [
  { format: 'cramfs', unix: true, needs: ['mkfs.cramfs'], commands: 'mkfs.cramfs "$tree" image' },
  {
    format: 'cramfs',
    unix: true,
    title: 'big endian',
    needs: ['mkfs.cramfs'],
    commands: 'mkfs.cramfs -N big "$tree" image',
  },
  { format: 'romfs', needs: ['genromfs'], commands: 'genromfs -d "$tree" -f image' },
  ...[
    '',
    '-zlz4hc',
    '-zlz4hc -Eztailpacking',
    '-zlz4hc,12 -C65536 -Efragments,dedupe',
    '-zlz4 -Elegacy-compress',
    '--chunksize=4096',
  ].map(
    (options): Maker => ({
      format: 'erofs',
      unix: true,
      title: options,
      needs: ['mkfs.erofs'],
      commands: `mkfs.erofs ${options} image "$tree"`,
    }),
  ),
  ...['ext2', 'ext3', 'ext4', 'ext4 -O inline_data', 'ext4 -O 64bit -b 1024'].map(
    (options): Maker => ({
      format: 'ext',
      unix: true,
      title: options,
      needs: ['mke2fs'],
      commands: `mke2fs -q -t ${options} -d "$tree" image 24M`,
    }),
  ),
  ...['', '-O extra_attr,inode_checksum,sb_checksum'].map(
    (options): Maker => ({
      format: 'f2fs',
      unix: true,
      title: options,
      needs: ['mkfs.f2fs', 'sload.f2fs'],
      commands: `truncate -s 128M image && mkfs.f2fs -q ${options} image > /dev/null
        sload.f2fs -f "$tree" image > /dev/null && fsck.f2fs --dry-run image > /dev/null`,
    }),
  ),
  ...['', '-M -n 4096 --csum xxhash', '-d single -m single -n 65536 --csum sha256'].map(
    (options): Maker => ({
      format: 'btrfs',
      unix: true,
      title: options,
      needs: ['mkfs.btrfs'],
      commands: `truncate -s 256M image && mkfs.btrfs -q ${options} --rootdir "$tree" image > /dev/null`,
    }),
  ),
  ...[
    '',
    '-m crc=0 -b size=1024 -n size=4096',
    '-m crc=0 -n ftype=0 -d agcount=2',
    '-b size=2048 -n size=16384',
  ].map(
    (options): Maker => ({
      format: 'xfs',
      unix: true,
      title: options,
      needs: ['mkfs.xfs', 'python3'],
      commands: `python3 ${PROTOTYPE} "$tree" > prototype && truncate -s 320M image
        mkfs.xfs -q ${options} -p prototype image`,
    }),
  ),
  ...[
    'version=1',
    'version=2',
    'version=2,bsize=32768,fsize=4096 -B be',
    'version=1,bsize=4096,fsize=512 -B be',
  ].map(
    (options): Maker => ({
      format: 'ufs',
      unix: true,
      title: options,
      needs: ['makefs'],
      commands: `makefs -t ffs -s 64m -o ${options} image "$tree"`,
    }),
  ),
  {
    format: 'hfsplus',
    needs: ['xorriso', 'python3'],
    commands: `xorriso -as mkisofs -hfsplus -o whole "$tree"
      python3 -c "
d = open('whole', 'rb').read()
open('image', 'wb').write(d[d.find(b'H+\\0\\4') - 1024:])"`,
  },
  ...['-l', '-b', '-l -X zlib -m size', '-l -m none'].map(
    (options): Maker => ({
      format: 'jffs2',
      unix: true,
      title: options,
      needs: ['mkfs.jffs2'],
      commands: `mkfs.jffs2 ${options} -e 64KiB -d "$tree" -o image`,
    }),
  ),
  ...['lzo', 'zlib', 'zstd', 'none'].map(
    (compressor): Maker => ({
      format: 'ubifs',
      unix: true,
      title: compressor,
      needs: ['mkfs.ubifs', 'ubinize'],
      commands: `mkfs.ubifs -r "$tree" -m 2048 -e 126976 -c 400 -x ${compressor} -o volume
        printf '[root]\\nmode=ubi\\nimage=volume\\nvol_id=0\\nvol_type=dynamic\\nvol_name=root\\nvol_flags=autoresize\\n' > plan
        ubinize -o image -m 2048 -p 128KiB plan`,
    }),
  ),
  ...[12, 16, 32].map(
    (bits): Maker => ({
      format: 'fat',
      title: `${bits} bits`,
      needs: ['mkfs.fat', 'mcopy'],
      commands: `truncate -s ${{ 12: '16M -s 16', 16: '32M', 32: '64M' }[bits]?.split(' ')[0]} image
        mkfs.fat -F ${bits} ${bits === 12 ? '-s 16' : ''} image && mcopy -s -i image "$tree"/* ::`,
    }),
  ),
  ...['-R', '-J -joliet-long', '-R -D -iso-level 4'].map(
    (options): Maker => ({
      format: 'iso9660',
      title: options,
      needs: ['genisoimage'],
      commands: `genisoimage -quiet ${options} -o image "$tree"`,
    }),
  ),
  {
    format: 'iso9660',
    title: 'by xorriso',
    needs: ['xorriso'],
    commands: 'xorriso -outdev image -joliet on -map "$tree" / 2> /dev/null',
  },
  ...['newc', 'crc', 'odc', 'bin'].map(
    (kind): Maker => ({
      format: 'cpio',
      unix: true,
      title: kind,
      needs: ['cpio'],
      commands: `(cd "$tree" && find . -mindepth 1 | cpio --quiet -o -H ${kind}) > image`,
    }),
  ),
  ...['gnu', 'pax', 'ustar'].map(
    (kind): Maker => ({
      format: 'tar',
      unix: true,
      title: kind,
      needs: ['tar'],
      commands: `tar --format=${kind} -C "$tree" -cf image .`,
    }),
  ),
  ...['gzip -9', 'xz', 'bzip2', 'zstd', 'lz4', 'lzip', 'lzop', 'compress', 'xz --format=lzma'].map(
    (program): Maker => ({
      format: 'tar',
      unix: true,
      title: `in ${program}`,
      needs: ['tar', program.split(' ')[0] as string],
      commands: `tar -C "$tree" -cf - . | ${program} -c > image`,
    }),
  ),
  { format: 'zip', needs: ['zip'], commands: '(cd "$tree" && zip -q -r - .) > image' },
  { format: 'sevenzip', needs: ['7z'], commands: '7z a -y image.7z "$tree"/. && mv image.7z image' },
  ...[1, 4].map(
    (method): Maker => ({
      format: 'arj',
      title: `method ${method}`,
      needs: ['arj'],
      commands: `(cd "$tree" && arj a -r -y -m${method} ../image.arj '*' < /dev/null > /dev/null) && mv "$tree/../image.arj" image`,
    }),
  ),
  ...['--compress=XPRESS', '--compress=LZX', '--compress=LZMS', '--solid', '--compress=none --pipable'].map(
    (options): Maker => ({
      format: 'wim/1',
      unix: true,
      title: options,
      needs: ['wimlib-imagex'],
      commands: `wimlib-imagex capture "$tree" image --unix-data ${options} > /dev/null 2> /dev/null`,
    }),
  ),
  {
    format: 'cab',
    needs: ['gcab'],
    commands:
      '(cd "$tree" && find . -type f | sed s,^./,, | xargs gcab -c -z ../image.cab) && mv "$tree/../image.cab" image',
  },
  {
    format: 'tar',
    unix: true,
    title: 'in a Debian package',
    needs: ['dpkg-deb'],
    commands: `cp -a "$tree" package && mkdir package/DEBIAN
      printf 'Package: a\\nVersion: 1\\nArchitecture: all\\nMaintainer: a <a@example.org>\\nDescription: a\\n' > package/DEBIAN/control
      dpkg-deb --build package image.deb && mv image.deb image`,
  },
  {
    format: 'ext',
    unix: true,
    title: 'on a disk with a GPT',
    needs: ['mke2fs', 'sfdisk'],
    commands: `mke2fs -q -t ext4 -d "$tree" part 24M && truncate -s 28M image
      printf 'label: gpt\\nstart=2048,size=49152,name=root\\n' | sfdisk -q image
      dd if=part of=image bs=512 seek=2048 conv=notrunc status=none`,
  },
  {
    format: 'ext',
    unix: true,
    title: 'in a sparse image',
    needs: ['mke2fs', 'img2simg'],
    commands: 'mke2fs -q -t ext4 -d "$tree" part 24M && img2simg part image',
  },
]

/** The same on every run: numbers in words, bytes that do not compress, and long runs. */
function content(seed: number): Buffer {
  const length = (seed * 7919) % 60_000
  const noise = Buffer.concat(
    Array.from({ length: 64 }, (_, part) => createHash('sha512').update(`${seed} ${part}`).digest()),
  )
  const text = Buffer.from(`line ${seed} of something that repeats itself\n`)
  const part = [noise, text, Buffer.alloc(5000, seed)][seed % 3] as Buffer
  return Buffer.alloc(length, part)
}

function makeTree(root: string): void {
  for (let i = 0; i < 320; i++) {
    const directory = join(root, `d${i % 7}`, `e${i % 3}`)
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, `file-${i}-${'x'.repeat(i % 40)}.txt`), content(i))
  }
  mkdirSync(join(root, 'leer'))
}

function makeTrees(): void {
  makeTree(tree)
  makeTree(unixTree)
  symlinkSync('../nothing', join(unixTree, 'd1/link'))
  symlinkSync('far/'.repeat(20), join(unixTree, 'd1/far'))
  chmodSync(join(unixTree, 'd0/e0/file-0-.txt'), 0o4755)
  chmodSync(join(unixTree, 'd1/e1/file-1-x.txt'), 0o640)
  chmodSync(join(unixTree, 'leer'), 0o750)
}

/** A line for each name: what it is, its mode where that is kept, and what is in it. */
type Lines = ReadonlyMap<string, string>

function linesOf(root: string, unix: boolean): Lines {
  const lines = new Map<string, string>()
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const path = join(root, name)
    const stat = lstatSync(path)
    const type = stat.isSymbolicLink() ? 'symlink' : stat.isDirectory() ? 'directory' : 'file'
    const inside = {
      symlink: () => readlinkSync(path),
      directory: () => '',
      file: () => sha256(readFileSync(path)),
    }
    if (unix || type === 'file') lines.set(name, lineOf(type, unix ? stat.mode & 0o7777 : 0, inside[type]()))
  }
  return lines
}

function lineOf(type: string, mode: number, inside: string): string {
  // Links have no modes of their own everywhere.
  return `${type} ${type === 'symlink' ? '' : mode.toString(8)} ${inside}`
}

/** What the formats have for themselves: ext and f2fs a folder, Debian packages what they say of themselves. */
const OWN: ReadonlySet<string> = new Set(['lost+found', 'control'])

/** The same lines of what lies within the innermost container of a format. */
function unpacked(image: string, format: string, unix: boolean): Lines {
  const inside = new Map<string, Listed>()
  for (const entry of listed(image)) {
    const at = entry.path.lastIndexOf(`:${format}/`)
    const name = decodeURIComponent(entry.path.slice(at + format.length + 2)).replace(/^\.\/?/, '')
    if (at >= 0 && name !== '' && !OWN.has(name) && entry.type !== 'region') inside.set(name, entry)
  }
  const lines = new Map<string, string>()
  for (const [name, entry] of inside) {
    const whole = entry.type === 'hardlink' ? inside.get((entry.target ?? '').replace(/^\.\//, '')) : entry
    if (!whole || !(unix || whole.type === 'file')) continue
    const content = whole.type === 'symlink' ? whole.target : whole.sha256
    lines.set(name, lineOf(whole.type, unix ? (whole.mode ?? 0) : 0, content ?? ''))
  }
  return lines
}

describe('what the tools of the formats make', () => {
  beforeAll(makeTrees)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  for (const { format, title = '', needs, commands, unix = false } of MAKERS) {
    it(`comes out as it went in: ${format} ${title}`, (context) => {
      const missing = needs.filter((program) => !has(program))
      if (missing.length > 0) return context.skip(`${missing.join(', ')} not installed`)
      const work = mkdtempSync(join(folder, 'work-'))
      const source = unix ? unixTree : tree
      run(commands, work, { tree: source })
      const found = unpacked(join(work, 'image'), format, unix)
      for (const [path, line] of linesOf(source, unix)) expect(found.get(path), path).toBe(line)
      expect(found.size).toBe(linesOf(source, unix).size)
      rmSync(work, { recursive: true, force: true })
    })
  }
})
