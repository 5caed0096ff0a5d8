import { readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { parseStartHeader, readArchive } from './header.ts'
import { sevenzip } from './index.ts'
import { HeaderReader } from './numbers.ts'

const CODE = readFileSync(new URL('../../../../bytes/src/fixtures/plain.bin', import.meta.url)).subarray(
  0,
  8000,
)
const UMLAUT = Buffer.from('Größe 中/ß').toString('latin1')

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

  it('puts small folders together into batches', () => {
    expect(collect(sevenzip, fixture('sevenzip', 'each-alone.7z')).batches).toBe(1)
  })

  it('shows stored contents where they lie', () => {
    expect(collect(sevenzip, fixture('sevenzip', 'stored.7z')).slices.has('etc/passwd')).toBe(true)
  })

  it.each([
    ['bcj2.7z', /BCJ2/],
    ['encrypted.7z', /AES-256/],
  ])('names what it cannot undo in %s', (name, why) => {
    const { entries, problems } = collect(sevenzip, fixture('sevenzip', `../other/${name}`))
    expect(entries).toEqual([])
    expect(problems.map(({ path }) => path).sort()).toEqual(['bin/numbers', 'etc/passwd'])
    for (const { code, message } of problems) {
      expect(code).toBe('unsupported')
      expect(message).toMatch(why)
    }
  })

  it('says that a list of members is encrypted', () => {
    const { problems } = collect(sevenzip, fixture('sevenzip', '../other/encrypted-list.7z'))
    expect(problems).toMatchObject([{ code: 'unsupported', message: expect.stringMatching(/AES-256/) }])
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

for (const name of ['lzma.7z', 'bzip2.7z', 'solid-lzma2.7z'])
  hostileSuite({
    format: sevenzip,
    fixture: fixture('sevenzip', name),
    needsItsEnd: 'the list of members comes last',
  })
