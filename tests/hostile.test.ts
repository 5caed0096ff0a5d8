import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { checkJson, messlatte, ROOT } from './cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'messlatte-hostile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const EXAMPLE = readFileSync(join(ROOT, 'examples/router-as-found/router-as-found.bin'))

function file(name: string, content: Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** The same places on every run. */
function places(count: number, below: number): readonly number[] {
  return Array.from(
    { length: count },
    (_, index) => createHash('sha256').update(String(index)).digest().readUInt32LE() % below,
  )
}

/** An Android sparse image of blocks of 4096 bytes; a number is a hole of so many of them. */
function sparse(parts: readonly (Buffer | number)[]): Buffer {
  const chunks = parts.map((part) => {
    const head = Buffer.alloc(12)
    const [type, blocks, data] =
      typeof part === 'number' ? [0xcac3, part, Buffer.alloc(0)] : [0xcac1, 1, part]
    head.writeUInt16LE(type)
    head.writeUInt32LE(blocks, 4)
    head.writeUInt32LE(12 + data.length, 8)
    return Buffer.concat([head, data])
  })
  const header = Buffer.from('3aff26ed010000001c000c00001000000000000000000000'.padEnd(56, '0'), 'hex')
  header.writeUInt32LE(
    parts.reduce<number>((sum, part) => sum + (typeof part === 'number' ? part : 1), 0),
    16,
  )
  header.writeUInt32LE(parts.length, 20)
  return Buffer.concat([header, ...chunks])
}

/** What lies in a folder: bytes of its files, and folders. */
function written(path: string): { bytes: number; folders: number } {
  const all = readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) =>
    statSync(join(path, name)),
  )
  const files = all.filter((one) => one.isFile())
  return { bytes: files.reduce((sum, { size }) => sum + size, 0), folders: all.length - files.length }
}

/** One ZIP member, stored or deflated, with its directory. */
function zip(members: readonly (readonly [name: string, content: Buffer, deflate: boolean])[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, content, deflate] of members) {
    const data = deflate ? deflateRawSync(content) : content
    const crc = Buffer.alloc(4)
    crc.writeUInt32LE(crc32(content))
    const common = Buffer.concat([
      Buffer.from([20, 0, 0, 0, deflate ? 8 : 0, 0, 0, 0, 33, 0]),
      crc,
      u32(data.length),
      u32(content.length),
      u16(name.length),
      u16(0),
    ])
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data])
    central.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02\x14\x00'),
        common,
        Buffer.alloc(10),
        u32(at),
        Buffer.from(name),
      ]),
    )
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.concat([
    Buffer.from('PK\x05\x06\0\0\0\0'),
    u16(members.length),
    u16(members.length),
    u32(directory.length),
    u32(at),
    u16(0),
  ])
  return Buffer.concat([...locals, directory, end])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

describe('a release that was cut off or damaged', () => {
  it('gives a result, wherever it is cut', () => {
    for (const length of places(12, EXAMPLE.length)) {
      const { code, err } = messlatte(['check', '--quiet', file('cut.bin', EXAMPLE.subarray(0, length + 1))])
      expect([0, 1], `cut at ${length + 1}: ${err}`).toContain(code)
    }
  })

  it('gives a result, whatever was changed, and blames no reader of ours', () => {
    for (const at of places(12, EXAMPLE.length - 64)) {
      const damaged = Buffer.from(EXAMPLE)
      createHash('sha512').update(String(at)).digest().copy(damaged, at)
      const { unpacked } = checkJson([file('changed.bin', damaged)])
      expect(
        unpacked.limits.filter((hit) => hit.limit === 'crash'),
        `changed at ${at}`,
      ).toEqual([])
    }
  })
})

describe('things that are no firmware', () => {
  it.each([
    [
      'a picture',
      Buffer.concat([
        Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex'),
        createHash('sha512').digest(),
        Buffer.from('ffd9', 'hex'),
      ]),
    ],
    ['a text', Buffer.from('May this text be placed on the market?\n'.repeat(50))],
    ['a single byte', Buffer.from('x')],
    [
      'nothing but magics',
      Buffer.from(
        'hsqs\xd0\x0d\xfe\xed\x1f\x8b\x08\x00070701PK\x03\x04\x7fELF\x27\x05\x19\x56HDR0\xfd7zXZ\0BZh9'.repeat(
          200,
        ),
        'latin1',
      ),
    ],
  ])('are checked and stay open: %s', (_, content) => {
    const { pillars, unpacked } = checkJson([file('other.bin', content)])
    expect(unpacked.limits).toEqual([])
    for (const pillar of Object.values(pillars['de-2027'] ?? {})) expect(pillar.verdict).toBe('open')
  })

  it('are refused by name with exit code 2: /dev/null, an empty file, an empty directory, a missing one', () => {
    mkdirSync(join(folder, 'empty'))
    for (const path of [
      '/dev/null',
      file('empty.bin', Buffer.alloc(0)),
      join(folder, 'empty'),
      join(folder, 'none'),
    ]) {
      const { code, err } = messlatte(['check', path])
      expect(code).toBe(2)
      expect(err).toContain(path)
    }
  })

  it('in large directories, are read without a word from the engine', () => {
    const large = join(folder, 'large')
    mkdirSync(large)
    for (let index = 0; index < 4000; index++)
      writeFileSync(join(large, `${index}.txt`), `${index} `.repeat(600))
    const { code, err } = messlatte(['unpack', large, '--quiet'])
    expect(code).toBe(0)
    expect(err).toBe('')
  })

  it('large and empty, are accounted for as padding', () => {
    const path = file('zeros.bin', Buffer.alloc(1))
    truncateSync(path, 300 * 1024 * 1024)
    const { unpacked } = checkJson([path])
    expect(unpacked).toMatchObject({ unknownBytes: 0, partial: false })
  })

  it('over 2 GiB, with something at its end, are read to the end', () => {
    const path = file('large.bin', Buffer.alloc(1))
    const end = 2 ** 31 + 4096
    const descriptor = openSync(path, 'r+')
    writeSync(descriptor, gzipSync(Buffer.from('behind two gibibytes\n'.repeat(300))), 0, undefined, end)
    closeSync(descriptor)
    const { out } = messlatte(['unpack', '--list', '--json', path])
    expect(out).toContain(`large.bin@0x${end.toString(16)}:gzip/content`)
    rmSync(path)
  })

  it('with holes that are larger than the memory, are read to the end; a hole beyond all limits is told', () => {
    const block = Buffer.alloc(4096)
    gzipSync(Buffer.from('beside a hole\n'.repeat(300))).copy(block)
    const near = file('near.simg', sparse([block, 2 ** 18, block]))
    const { out } = messlatte(['unpack', '--list', '--memory', '768M', near])
    expect(out).toContain('near.simg@0x0:android-sparse/content@0x0:gzip/content')
    expect(out).toContain('near.simg@0x0:android-sparse/content@0x40001000:gzip/content')
    const { unpacked } = checkJson([file('far.simg', sparse([block, 2 ** 31, block]))])
    expect(unpacked.limits).toMatchObject([
      { limit: 'artefact', path: 'far.simg@0x0:android-sparse/content' },
    ])
  })
})

describe('bombs', () => {
  it('are cut off by a budget, the same way each time, and make nothing better', () => {
    const bomb = Buffer.from(gzipSync(gzipSync(Buffer.alloc(200 * 1024 * 1024))))
    const run = () =>
      messlatte([
        'check',
        '--fail-on',
        'never',
        '--as-of',
        '2026-11-23',
        '--json',
        '-',
        '--limit-bytes',
        '50M',
        file('bomb.gz', bomb),
      ]).out
    const first = run()
    expect(JSON.parse(first).unpacked).toMatchObject({ partial: true })
    expect(JSON.parse(first).unpacked.limits.map((hit: { limit: string }) => hit.limit)).toContain('bytes')
    expect(run()).toBe(first)
  })

  it('of folders, or of bytes that nothing opens, write no more than was allowed', () => {
    const unknown = join(folder, 'unknown-out')
    messlatte([
      'unpack',
      '-o',
      unknown,
      '--limit-bytes',
      '1M',
      file('unknown.bin', Buffer.alloc(3_000_000, 'ab')),
    ])
    expect(written(unknown)).toEqual({ bytes: 0, folders: 0 })

    const deep = join(folder, 'deep-out')
    const names = Array.from({ length: 200 }, (_, index) => `${index}/${'a/'.repeat(100)}end`)
    const image = file('folders.zip', zip(names.map((name) => [name, Buffer.alloc(0), false] as const)))
    const { out } = messlatte(['unpack', '-o', deep, '--limit-bytes', '1M', image])
    expect(out).toContain('--limit-bytes')
    // The path that reaches over the limit is still made.
    expect(written(deep).folders).toBeLessThan(256 + 102)
  })

  it('of many archives in archives end', () => {
    let content = zip([['zeros', Buffer.alloc(4 * 1024 * 1024), true]])
    for (let depth = 0; depth < 4; depth++) {
      content = zip(Array.from({ length: 8 }, (_, index) => [`part-${index}.zip`, content, true] as const))
    }
    const { unpacked } = checkJson(['--limit-bytes', '512M', file('42.zip', content)])
    expect(unpacked).toMatchObject({ partial: true })
  })

  it('nested sixty deep stop at the depth that is allowed', () => {
    let content = zip([['innermost.txt', Buffer.from('here'), false]])
    for (let depth = 0; depth < 60; depth++) content = zip([[`level-${depth}.zip`, content, false]])
    const { unpacked } = checkJson([file('deep.zip', content)])
    expect(unpacked.limits.map((hit) => hit.limit)).toEqual(['depth'])
  })
})

describe('names that lead elsewhere', () => {
  it('stay inside of the output folder, and what is not written as it is is listed', () => {
    const tree = join(folder, 'inner')
    mkdirSync(tree)
    const members = [
      ['../../escaped.txt', Buffer.from('no'), false],
      ['/absolute.txt', Buffer.from('no'), false],
      ['dir/../../../up.txt', Buffer.from('no'), false],
      ['twice', Buffer.from('one'), false],
      ['twice', Buffer.from('two'), false],
      ['new\nline', Buffer.from('x'), false],
      ['n'.repeat(4000), Buffer.from('x'), false],
    ] as const
    const out = join(tree, 'deeper/out')
    mkdirSync(join(tree, 'deeper'))
    const { code, out: told } = messlatte(['unpack', '--json', '-o', out, file('names.zip', zip(members))])
    expect(code).toBe(0)
    expect(readdirSync(tree)).toEqual(['deeper'])
    expect(readdirSync(join(tree, 'deeper'))).toEqual(['out'])
    expect(JSON.parse(told).skipped).toContainEqual({
      path: expect.stringMatching(/twice$/),
      reason: 'name-taken',
    })
    for (const renamed of [/escaped\.txt$/, /up\.txt$/, /n{4000}$/])
      expect(JSON.parse(told).skipped).toContainEqual({
        path: expect.stringMatching(renamed),
        reason: 'name-changed',
      })
    const written = readdirSync(out, { recursive: true, encoding: 'utf8' })
    expect(written.some((name) => name.endsWith('escaped.txt'))).toBe(true)
  })

  it('of a hard link that something else has are told as taken, not as a link to nothing', () => {
    const source = join(folder, 'hard')
    mkdirSync(source)
    writeFileSync(join(source, 'a'), 'one')
    execFileSync('ln', [join(source, 'a'), join(source, 'b')])
    const image = join(folder, 'hard.tar')
    execFileSync('tar', ['-cf', image, '-C', source, 'a', 'b'])
    rmSync(join(source, 'b'))
    writeFileSync(join(source, 'b'), 'another')
    execFileSync('tar', ['-rf', image, '-C', source, 'b'])
    const out = join(folder, 'hard-out')
    const { out: told } = messlatte(['unpack', '--json', '-o', out, image])
    expect(JSON.parse(told).skipped).toEqual([{ path: 'hard.tar@0x0:tar/b', reason: 'name-taken' }])
    expect(readFileSync(join(out, 'hard.tar@0x0:tar/b'), 'utf8')).toBe('another')
  })

  it('through links are not followed', () => {
    const source = join(folder, 'links')
    mkdirSync(source)
    execFileSync('ln', ['-s', '/tmp', join(source, 'away')])
    execFileSync('ln', ['-s', '../../..', join(source, 'up')])
    const image = join(folder, 'links.tar')
    execFileSync('tar', ['-cf', image, '-C', source, '.'])
    const out = join(folder, 'links-out')
    const { out: told } = messlatte(['unpack', '--json', '-o', out, image])
    const skipped = JSON.parse(told).skipped as { path: string; reason: string }[]
    expect(skipped.map((one) => one.reason).toSorted()).toEqual(['link-leads-outside', 'link-made-relative'])
  })
})

/** What the tools of ext4 make; debugfs writes what no kernel would. */
describe('a file system that was made to harm', () => {
  const needs = ['mkfs.ext4', 'debugfs']
  const missing = needs.filter((name) => spawnSync(name, ['-V']).error !== undefined)

  function ext4(name: string, megabytes: number, ...requests: readonly string[]): string {
    const image = file(name, Buffer.alloc(1))
    truncateSync(image, megabytes * 1024 * 1024)
    execFileSync('mkfs.ext4', ['-q', '-F', '-O', '64bit,huge_file', image])
    for (const request of requests) execFileSync('debugfs', ['-w', '-R', request, image], { stdio: 'pipe' })
    return image
  }

  /** Members of gzip one behind the other: what is empty is packed once. */
  function gzippedSparsely(image: string): string {
    const zeros = Buffer.alloc(1024 * 1024)
    const empty = gzipSync(zeros)
    const packed = openSync(`${image}.gz`, 'w')
    const descriptor = openSync(image, 'r')
    const piece = Buffer.alloc(zeros.length)
    for (let length = readSync(descriptor, piece); length > 0; length = readSync(descriptor, piece))
      writeSync(packed, piece.equals(zeros) ? empty : gzipSync(piece.subarray(0, length)))
    closeSync(descriptor)
    closeSync(packed)
    return `${image}.gz`
  }

  it('ends: a directory that is its own parent, and one that holds the root', (context) => {
    if (missing.length > 0) return context.skip(`${missing.join(', ')} not installed`)
    const image = ext4('loop.ext4', 4, 'mkdir a', 'mkdir a/b', 'link / a/b/root', 'link a a/b/up')
    const { out } = messlatte(['unpack', '--json', image])
    const { entries, unpacked } = JSON.parse(out)
    expect(unpacked.limits).toEqual([])
    expect(unpacked.damage.map(({ code, path }: { code: string; path: string }) => [code, path])).toEqual([
      ['loop', 'loop.ext4@0x0:ext/a/b/root'],
      ['loop', 'loop.ext4@0x0:ext/a/b/up'],
    ])
    expect(entries.filter(({ type }: { type: string }) => type === 'directory')).toHaveLength(4)
  })

  it('tells a file of 4 PB, and reads the others', (context) => {
    if (missing.length > 0) return context.skip(`${missing.join(', ')} not installed`)
    const small = file('small.txt', Buffer.from('small'))
    const size = 2 ** 52
    const image = ext4(
      'petabytes.ext4',
      4,
      `write ${small} big`,
      `write ${small} other`,
      `sif big size ${size}`,
    )
    const { out } = messlatte(['unpack', '--json', '-o', join(folder, 'petabytes'), image])
    const { entries, unpacked } = JSON.parse(out)
    expect(unpacked.damage).toMatchObject([{ path: 'petabytes.ext4@0x0:ext/big' }])
    expect(entries).toContainEqual(expect.objectContaining({ path: 'petabytes.ext4@0x0:ext/other', size: 5 }))
  })

  it('is read where it is near-empty, of 1.5 GiB, and in a small gzip', (context) => {
    if (missing.length > 0) return context.skip(`${missing.join(', ')} not installed`)
    const small = file('hello.txt', Buffer.from('hello'))
    const image = ext4('near-empty.ext4', 1536, `write ${small} hello`)
    const packed = gzippedSparsely(image)
    expect(statSync(packed).size).toBeLessThan(2 * 1024 * 1024)
    const { out } = messlatte(['unpack', '--json', packed])
    const { entries, unpacked } = JSON.parse(out)
    expect(unpacked).toMatchObject({ limits: [], damage: [], partial: false })
    expect(entries).toContainEqual(
      expect.objectContaining({ path: expect.stringMatching(/:ext\/hello$/), size: 5 }),
    )
  }, 300_000)
})
