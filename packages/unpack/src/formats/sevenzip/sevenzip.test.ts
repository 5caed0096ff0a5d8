import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { KeyMaterial } from '../../contract.ts'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { withKeys } from '../../testing/with-keys.ts'
import { decryptedBytes } from './aes.ts'
import { createBcj2 } from './bcj2.ts'
import { parseStartHeader, readArchive } from './header.ts'
import { sevenzip } from './index.ts'
import { HeaderReader } from './numbers.ts'

const CODE = readFileSync(new URL('../../../../bytes/src/fixtures/plain.bin', import.meta.url)).subarray(
  0,
  8000,
)
const UMLAUT = Buffer.from('Größe 中/ß').toString('latin1')

function keyOf(password: string): KeyMaterial {
  return { name: 'password', bytes: Buffer.from(password) }
}

function numberOf(...bytes: number[]): number {
  return new HeaderReader(Uint8Array.from(bytes)).number()
}

describe('sevenzip', () => {
  it.each(fixturesOf('sevenzip', 'positive'))('lists $name with its metadata and contents', ({ content }) => {
    const found = collect(sevenzip, content)
    expect(found.problems).toEqual([])
    expect(found.entries.map(({ path }) => path).sort()).toEqual(
      [
        ...['bin', 'bin/code', 'bin/link', 'bin/numbers', 'etc', 'etc/empty', 'etc/init.d', 'etc/init.d/rcS'],
        ...['etc/passwd', 'etc/shadow', 'very', 'very/deep', UMLAUT.split('/')[0], UMLAUT],
      ].sort(),
    )
    expect(found.contents.get('bin/code')?.equals(CODE)).toBe(true)
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get(UMLAUT)?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'file', mode: 0o4755, mtime: 1_700_000_000 })
    expect(entryOf(found, 'etc/shadow')).toMatchObject({ type: 'file', mode: 0o600 })
    expect(entryOf(found, 'very/deep')).toMatchObject({ type: 'directory', mode: 0o755 })
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
  })

  it('steps over properties that it does not know, as 7-Zip does', () => {
    const archive = fixture('sevenzip', 'stored.7z')
    const headerAt = 32 + archive.readUIntLE(12, 6)
    const header = archive.subarray(headerAt)
    // Archives of a Coldcard have an empty property in front of the sizes of coders (0x0c).
    const folders = header.indexOf(Buffer.from([7, 0x0b])) + 2
    const at = folders + 2 + 3 * header.readUInt8(folders)
    expect(header[at]).toBe(0x0c)
    const longer = Buffer.concat([header.subarray(0, at), Buffer.from([1, 0]), header.subarray(at)])
    const start = Buffer.from(archive.subarray(0, 32))
    start.writeUIntLE(longer.length, 20, 6)
    start.writeUInt32LE(crc32(longer), 28)
    start.writeUInt32LE(crc32(start.subarray(12, 32)), 8)
    const found = collect(sevenzip, Buffer.concat([start, archive.subarray(32, headerAt), longer]))
    expect(found.problems).toEqual([])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('puts small folders together into batches', () => {
    expect(collect(sevenzip, fixture('sevenzip', 'each-alone.7z')).batches).toBe(1)
  })

  it('shows stored contents where they lie', () => {
    expect(collect(sevenzip, fixture('sevenzip', 'stored.7z')).slices.has('etc/passwd')).toBe(true)
  })

  it.each([
    ['encrypted.7z', /AES-256: encrypted, and no key fits/],
    ['encrypted-stored.7z', /AES-256: encrypted, and no key fits/],
  ])('names what it cannot undo in %s', (name, why) => {
    const wrong = [keyOf('Secret'), keyOf('')]
    const { entries, problems } = collect(sevenzip, fixture('sevenzip', `../keyed/${name}`), undefined, wrong)
    expect(entries).toEqual([])
    expect(problems.map(({ path }) => path).sort()).toEqual(['bin/code', 'bin/numbers', 'etc/passwd'])
    for (const { code, message } of problems) {
      expect(code).toBe('unsupported')
      expect(message).toMatch(why)
    }
  })

  it('undoes the filter for RISC-V, and zstd as other programs than 7-Zip have it', () => {
    const riscv = collect(sevenzip, fixture('sevenzip', '../other/riscv.7z'))
    expect(riscv.problems).toEqual([])
    expect(riscv.contents.get('code')).toHaveLength(4000)
    const zstd = collect(sevenzip, fixture('sevenzip', '../other/zstd.7z'))
    expect(zstd.problems).toEqual([])
    expect(zstd.contents.get('bin/code')?.equals(CODE)).toBe(true)
    expect(zstd.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('undoes LZMA2 where all of it is one byte', () => {
    const { contents, problems } = collect(sevenzip, fixture('sevenzip', '../other/one-byte.7z'))
    expect(problems).toEqual([])
    expect(contents.get('one')?.toString()).toBe('a')
  })

  it('says that a list of members is encrypted', () => {
    const archive = fixture('sevenzip', '../keyed/encrypted-list.7z')
    for (const keys of [[], [keyOf('Secret')]]) {
      const { problems } = collect(sevenzip, archive, undefined, keys)
      expect(problems).toMatchObject([{ code: 'unsupported', message: expect.stringMatching(/AES-256/) }])
    }
  })

  it.each([
    ['encrypted.7z', 'secret'],
    ['encrypted.7z', 'secret\n'],
    ['encrypted-list.7z', 'secret'],
    ['encrypted-stored.7z', 'secret\r\n'],
    ['encrypted-bcj2.7z', 'größte Prüfung 中\n'],
  ])('decrypts %s with its password', (name, password) => {
    const keys = [keyOf('another one'), keyOf(password)]
    const { contents, problems } = collect(sevenzip, fixture('sevenzip', `../keyed/${name}`), undefined, keys)
    expect(problems).toEqual([])
    expect(contents.get('bin/code')?.equals(CODE)).toBe(true)
    expect(contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('does not derive a key in more rounds than 7-Zip does', () => {
    const properties = Uint8Array.from([25, 0])
    expect(() => decryptedBytes(memoryBytes(new Uint8Array(16)), properties, Buffer.from('x'), 16)).toThrow(
      /bad properties/,
    )
    expect(() =>
      decryptedBytes(memoryBytes(new Uint8Array(16)), properties.subarray(0, 1), Buffer.from('x'), 16),
    ).toThrow(/2\^25 rounds/)
  })

  it('ends BCJ2 where targets or choices are missing', () => {
    const none = new Uint8Array(0)
    // Choices that say at once that the first branch was converted.
    const choices = Uint8Array.from([0, 0xff, 0xff, 0xff, 0xff])
    const bcj2 = createBcj2({ calls: none, jumps: none, choices }, () => {})
    expect(() => bcj2.add(Uint8Array.from([0xe8]))).toThrow(/fewer targets/)
    expect(() => createBcj2({ calls: none, jumps: none, choices: none }, () => {})).toThrow(/fewer choices/)
  })

  it('tells a CRC that differs, and shows the content all the same', () => {
    const archive = fixture('sevenzip', 'stored.7z')
    archive[archive.indexOf('root:x:')] = 0x52
    const { contents, problems } = collect(sevenzip, archive)
    expect(problems).toMatchObject([{ code: 'checksum' }])
    expect(contents.get(problems[0]?.path as string)?.toString()).toBe(PASSWD.replace('root', 'Root'))
  })

  it('shows what comes before damage in a folder, and says what is lost', () => {
    const archive = fixture('sevenzip', 'solid-lzma2.7z')
    archive.fill(0xff, 500, 520)
    const { contents, problems } = collect(sevenzip, archive)
    expect(problems.map(({ code }) => code)).toContain('structure')
    expect(contents.size).toBeGreaterThan(1)
    expect(contents.size).toBeLessThan(8)
  })

  it('ends behind its list of members', () => {
    const archive = fixture('sevenzip', 'lzma.7z')
    const bytes = memoryBytes(Buffer.concat([archive, Buffer.alloc(100)]))
    expect(sevenzip.recognise(bytes, 0)).toEqual({ start: 0, end: archive.length })
  })

  it('says when the list of members is cut off or damaged', () => {
    const archive = fixture('sevenzip', 'lzma.7z')
    expect(collect(sevenzip, archive.subarray(0, -9)).problems).toMatchObject([{ code: 'truncated' }])
    archive[archive.length - 9] = (archive[archive.length - 9] as number) ^ 1
    expect(collect(sevenzip, archive).problems).toMatchObject([{ code: 'checksum' }])
  })

  it('takes an archive of nothing', () => {
    expect(readArchive(memoryBytes(Buffer.alloc(32)), 0, { offset: 0, size: 0, crc: 0 })).toEqual({
      folders: [],
      files: [],
    })
    expect(parseStartHeader(memoryBytes(Buffer.alloc(31)), 0)).toBeUndefined()
  })

  it('reads numbers of every length', () => {
    expect(numberOf(0x7f)).toBe(0x7f)
    expect(numberOf(0x81, 0x02)).toBe(0x102)
    expect(numberOf(0xc1, 0x02, 0x03)).toBe(0x1_0302)
    expect(numberOf(0xfe, 1, 2, 3, 4, 5, 6, 0)).toBe(0x0605_0403_0201)
    expect(numberOf(0xff, 1, 0, 0, 0, 0, 0, 0, 1)).toBe(Number.POSITIVE_INFINITY)
  })
})

for (const name of ['lzma.7z', 'bzip2.7z', 'solid-lzma2.7z', 'bcj2.7z', 'deflate64.7z', '../other/riscv.7z'])
  hostileSuite({
    format: sevenzip,
    fixture: fixture('sevenzip', name),
    needsItsEnd: 'the list of members comes last',
  })

hostileSuite({
  format: withKeys(sevenzip, [keyOf('secret')]),
  fixture: fixture('sevenzip', '../keyed/encrypted.7z'),
  needsItsEnd: 'the list of members comes last',
})
