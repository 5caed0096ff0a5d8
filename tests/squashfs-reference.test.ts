import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messlatte } from './cli.ts'

const COMPRESSORS = ['gzip', 'xz', 'lzma', 'lzo', 'lz4', 'zstd'] as const

function has(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}

const folder = mkdtempSync(join(tmpdir(), 'messlatte-squashfs-'))
const tree = join(folder, 'tree')
const asRoot = process.getuid?.() === 0

/** Text that compresses, and bytes that do not; the same on every run. */
function content(seed: number, length: number): Buffer {
  const block = createHash('sha512').update(String(seed)).digest()
  const part = seed % 2 === 0 ? Buffer.from(`line ${seed} of something that repeats itself\n`) : block
  const all = Buffer.alloc(length)
  for (let at = 0, i = 0; at < length; at += part.length, i++)
    part.copy(all, at, 0, i % 3 === 0 ? part.length : part.length >> 1)
  return all
}

function makeTree(): void {
  for (const name of ['etc', 'bin', 'empty', 'deep/er/and/deeper', 'big'])
    mkdirSync(join(tree, name), { recursive: true })
  for (let i = 0; i < 300; i++) writeFileSync(join(tree, 'etc', `file-${i}`), content(i, (i * 137) % 9000))
  for (let i = 0; i < 6; i++)
    writeFileSync(join(tree, 'big', `blocks-${i}`), content(i, 131_072 * (i + 1) + i * 1000))
  writeFileSync(join(tree, 'big/exact'), content(3, 262_144))
  writeFileSync(join(tree, 'big/sparse'), 'start')
  truncateSync(join(tree, 'big/sparse'), 3_000_000)
  writeFileSync(join(tree, 'nothing'), '')
  writeFileSync(join(tree, 'deep/er/and/deeper', 'n'.repeat(200)), 'long name')
  writeFileSync(join(tree, Buffer.from('bü ro %41.txt').toString('utf8')), 'odd name')
  symlinkSync('../bin/nothing', join(tree, 'etc/link'))
  symlinkSync('/absolute/target', join(tree, 'etc/absolute'))
  linkSync(join(tree, 'etc/file-7'), join(tree, 'bin/hard'))
  chmodSync(join(tree, 'etc/file-1'), 0o4755)
  chmodSync(join(tree, 'etc/file-2'), 0o600)
  chmodSync(join(tree, 'empty'), 0o1777)
  if (!asRoot) return
  chownSync(join(tree, 'etc/file-3'), 1000, 50)
  execFileSync('mknod', [join(tree, 'console'), 'c', '5', '1'])
  // unsquashfs lists minor numbers over 255 wrongly, so there are none here.
  execFileSync('mknod', [join(tree, 'disk'), 'b', '8', '17'])
  execFileSync('mknod', [join(tree, 'pipe'), 'p'])
}

interface Line {
  readonly path: string
  readonly mode: string
  readonly owner: string
  readonly size: string
  readonly target: string | undefined
}

/** What `unsquashfs -lln` prints: mode, uid/gid, size or device, date, time, path and target. */
function referenceList(image: string): readonly Line[] {
  const printed = execFileSync('unsquashfs', ['-lln', '-d', '', image], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8', PATH: process.env.PATH },
  })
  return printed.split('\n').flatMap((line): Line[] => {
    const match = /^(\S{10}) (\d+\/\d+)\s+(\d+(?:,\s*\d+)?) \S+ \S+ \/?(.*)$/.exec(line)
    if (!match?.[4]) return []
    const [path = '', target] = match[1]?.startsWith('l') ? match[4].split(' -> ') : [match[4]]
    return [
      {
        path,
        mode: match[1] ?? '',
        owner: match[2] ?? '',
        size: (match[3] ?? '').replaceAll(/\s/g, ''),
        target,
      },
    ]
  })
}

interface Entry {
  readonly path: string
  readonly type: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  readonly target: string | null
  readonly device: { readonly major: number; readonly minor: number } | null
  readonly sha256: string | null
}

const LETTERS: Readonly<Record<string, string>> = {
  file: '-',
  hardlink: '-',
  directory: 'd',
  symlink: 'l',
  character: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
}

function modeText(entry: Entry): string {
  const letters = [...'rwxrwxrwx'].map((letter, index) => (entry.mode & (0o400 >> index) ? letter : '-'))
  for (const [bit, at, letter] of [
    [0o4000, 2, 's'],
    [0o2000, 5, 's'],
    [0o1000, 8, 't'],
  ] as const) {
    if (entry.mode & bit) letters[at] = letters[at] === 'x' ? letter : letter.toUpperCase()
  }
  return `${LETTERS[entry.type]}${letters.join('')}`
}

function ourList(image: string): { lines: readonly Line[]; entries: ReadonlyMap<string, Entry> } {
  const { entries } = JSON.parse(messlatte(['unpack', '--list', '--json', image]).out) as {
    entries: readonly Entry[]
  }
  const inside = new Map(
    entries.flatMap((entry): [string, Entry][] => {
      const [, path] = entry.path.split('@0x0:squashfs/')
      return path === undefined ? [] : [[path, entry]]
    }),
  )
  const lines = [...inside].map(([path, entry]): Line => {
    const whole = entry.type === 'hardlink' ? inside.get(entry.target ?? '') : entry
    const size = entry.device
      ? `${entry.device.major},${entry.device.minor}`
      : entry.type === 'symlink'
        ? String(entry.target?.length)
        : String(whole?.size)
    return {
      path: decodeURIComponent(path),
      mode: modeText(entry),
      owner: `${entry.uid}/${entry.gid}`,
      size,
      target: entry.type === 'symlink' ? (entry.target ?? '') : undefined,
    }
  })
  return { lines, entries: inside }
}

/** Directories have sizes of their own accounting in each tool. */
function comparable(lines: readonly Line[]): readonly Line[] {
  return lines
    .map((line) => (/^[dp]/.test(line.mode) ? { ...line, size: '' } : line))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function digestsBelow(root: string): ReadonlyMap<string, string> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    lstatSync(join(root, name)).isFile(),
  )
  return new Map(
    files.toSorted().map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(root, name)))
        .digest('hex'),
    ]),
  )
}

describe.skipIf(!has('mksquashfs') || !has('unsquashfs'))('SquashFS, beside squashfs-tools', () => {
  beforeAll(makeTree)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  for (const compressor of COMPRESSORS) {
    for (const options of [[], ['-b', '4096', '-always-use-fragments'], ['-b', '1M', '-noI', '-noF']]) {
      it(`lists and writes what they do: ${compressor} ${options.join(' ')}`, () => {
        const image = join(folder, `${compressor}${options.length}.sqfs`)
        execFileSync(
          'mksquashfs',
          [tree, image, '-comp', compressor, '-quiet', '-no-progress', '-noappend', ...options],
          { stdio: 'ignore' },
        )
        const { lines, entries } = ourList(image)
        expect(lines.length).toBeGreaterThan(300)
        expect(comparable(lines)).toEqual(comparable(referenceList(image)))

        const reference = join(folder, 'reference')
        const ours = join(folder, 'ours')
        execFileSync('unsquashfs', ['-quiet', '-no-progress', '-d', reference, image], { stdio: 'ignore' })
        const { code, err } = messlatte(['unpack', '--quiet', '-o', ours, image])
        expect(code, err).toBe(0)
        const written = readdirSync(ours).find((name) => name.endsWith(':squashfs')) ?? ''
        expect(digestsBelow(join(ours, written))).toEqual(digestsBelow(reference))
        expect(
          [...entries.values()].filter((entry) => entry.type === 'file' && entry.sha256 === null),
        ).toEqual([])
        for (const path of [reference, ours, image]) rmSync(path, { recursive: true, force: true })
      })
    }
  }

  it('still gives every file whose blocks lie elsewhere than the damage, and never a wrong one', () => {
    const image = join(folder, 'damaged.sqfs')
    execFileSync('mksquashfs', [tree, image, '-comp', 'gzip', '-quiet', '-no-progress', '-noappend'], {
      stdio: 'ignore',
    })
    const right = ourList(image).entries
    const content = readFileSync(image)
    const inodes = Number(content.readBigUInt64LE(64))
    for (let i = 1; i <= 10; i++) {
      const damaged = Buffer.from(content)
      damaged.fill(0x5a, Math.floor((inodes * i) / 11), Math.floor((inodes * i) / 11) + 20)
      writeFileSync(image, damaged)
      const { entries } = ourList(image)
      const files = [...right].filter(([, entry]) => entry.type === 'file')
      const same = files.filter(([path, entry]) => entries.get(path)?.sha256 === entry.sha256)
      const wrong = files.filter(
        ([path, entry]) => entries.has(path) && entries.get(path)?.sha256 !== entry.sha256,
      )
      expect(wrong.map(([path]) => path)).toEqual([])
      // One block is lost: one large file, or the small ones that share it.
      expect(same.length / files.length).toBeGreaterThan(0.7)
    }
  })

  it('keeps extended attributes', (context) => {
    if (!has('setfattr')) return context.skip('setfattr is not installed')
    const file = join(tree, 'etc/file-9')
    execFileSync('setfattr', ['-n', 'user.note', '-v', 'kept', file])
    const image = join(folder, 'xattrs.sqfs')
    execFileSync('mksquashfs', [tree, image, '-quiet', '-no-progress'], { stdio: 'ignore' })
    const entry = ourList(image).entries.get('etc/file-9') as Entry & { xattrs: Record<string, string> }
    expect(entry.xattrs).toEqual({ 'user.note': Buffer.from('kept').toString('hex') })
    expect(existsSync(image)).toBe(true)
  })
})
