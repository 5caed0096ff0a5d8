import { readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { cab } from './index.ts'
import { holds, parseCabHeader, timeOf } from './parse.ts'

const CODE = readFileSync(new URL('../../../../bytes/src/fixtures/plain.bin', import.meta.url)).subarray(
  0,
  8000,
)
const LONG = linesTo(7000)

function linesTo(last: number): string {
  return Array.from({ length: last }, (_, index) => `${index + 1}\n`).join('')
}

describe('cab', () => {
  it.each(['stored.cab', 'reserves.cab'])('lists %s with its times and contents', (name) => {
    const found = collect(cab, fixture('cab', name))
    expect(found.problems).toEqual([])
    expect([...found.contents.keys()].sort()).toEqual(['empty', 'numbers.txt', 'sub/passwd'])
    expect(found.contents.get('numbers.txt')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('sub/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('empty')).toHaveLength(0)
    expect(entryOf(found, 'sub/passwd')).toMatchObject({ type: 'file', mtime: 1_700_000_000 })
  })

  it('undoes MSZIP, whose blocks reach back into those before', () => {
    const found = collect(cab, fixture('cab', 'mszip.cab'))
    expect(found.problems).toEqual([])
    expect(found.entries).toHaveLength(5)
    expect(found.contents.get('code.bin')?.equals(CODE)).toBe(true)
    expect(found.contents.get('long.txt')?.toString()).toBe(LONG)
  })

  it.each(['lzx-verbatim.cab', 'lzx-aligned.cab', 'lzx-mixed.cab'])('undoes LZX: %s', (name) => {
    const found = collect(cab, fixture('cab', name))
    expect(found.problems).toEqual([])
    expect(found.contents.get('numbers.txt')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('code.bin')?.equals(CODE)).toBe(true)
    expect(found.contents.get('long.txt')?.toString()).toBe(linesTo(9000))
  })

  it('shows what lies before damage of LZX', () => {
    const cabinet = fixture('cab', 'lzx-verbatim.cab')
    cabinet.fill(0xff, cabinet.length - 2000, cabinet.length - 1900)
    const { contents, problems } = collect(cab, cabinet)
    expect(problems.at(-1)).toMatchObject({ path: 'long.txt' })
    expect(contents.get('code.bin')?.equals(CODE)).toBe(true)
    const long = contents.get('long.txt')?.toString() as string
    expect(long.length).toBeGreaterThan(20_000)
    expect(linesTo(9000).startsWith(long.slice(0, 20_000))).toBe(true)
  })

  it('tells a checksum that differs, and shows the data all the same', () => {
    const cabinet = fixture('cab', 'stored.cab')
    cabinet[cabinet.indexOf('root:x:')] = 0x52
    const { contents, problems } = collect(cab, cabinet)
    expect(problems).toMatchObject([{ code: 'checksum' }])
    expect(contents.get('sub/passwd')?.toString()).toBe(PASSWD.replace('root', 'Root'))
  })

  it('shows what lies before a cut, and says what is lost', () => {
    const cabinet = fixture('cab', 'mszip.cab')
    const { region, contents, problems } = collect(cab, cabinet.subarray(0, cabinet.length - 2000))
    expect(region.end).toBe(cabinet.length - 2000)
    expect(contents.get('numbers.txt')?.toString()).toBe(NUMBERS)
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: 'long.txt' }])
    expect(LONG.startsWith(contents.get('long.txt')?.toString() as string)).toBe(true)
  })

  it('undoes Quantum', () => {
    const found = collect(cab, fixture('cab', 'quantum.cab'))
    expect(found.problems).toEqual([])
    expect(found.contents.get('numbers.txt')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('code.bin')?.equals(CODE)).toBe(true)
    expect(found.contents.get('long.txt')?.toString()).toBe(linesTo(9000))
  })

  it('names a method that nobody knows', () => {
    const cabinet = fixture('cab', 'stored.cab')
    cabinet.writeUInt16LE(9, 42)
    const { entries, problems } = collect(cab, cabinet)
    expect(entries).toEqual([])
    expect(problems).toHaveLength(3)
    expect(problems[0]).toMatchObject({ code: 'unsupported', message: 'compressed with unknown' })
  })

  it('reads a set of cabinets that follow each other, whose blocks and files are cut', () => {
    const set = [1, 2, 3].map((number) => fixture('cab', `../split/set-${number}.cab`))
    const [whole, one] = [collect(cab, Buffer.concat(set)), collect(cab, fixture('cab', 'mszip.cab'))]
    expect(whole.problems).toEqual([])
    expect(whole.contents).toEqual(one.contents)
    expect(whole.entries).toEqual(one.entries)
    expect(whole.region.end).toBe(set.reduce((sum, { length }) => sum + length, 0))
  })

  it('tells what of a set is not there', () => {
    const [first, second, third] = [1, 2, 3].map((number) => fixture('cab', `../split/set-${number}.cab`))
    const problemsOf = (...cabinets: (Buffer | undefined)[]) =>
      collect(cab, Buffer.concat(cabinets.filter((one) => one !== undefined))).problems
    expect(problemsOf(first, second)).toContainEqual({
      ...{ code: 'unsupported', message: 'it goes on in a cabinet that is not there', path: 'long.txt' },
    })
    expect(problemsOf(second, third)).toContainEqual({
      code: 'unsupported',
      message: 'it lies behind what began in a cabinet that is not there',
      path: 'long.txt',
    })
    // Not the next one of the set.
    expect(collect(cab, Buffer.concat([first, third] as Buffer[])).region.end).toBe(first?.length)
  })

  it('refuses files that share bytes with another', () => {
    const cabinet = fixture('cab', 'stored.cab')
    const { filesAt } = parseCabHeader(memoryBytes(cabinet), 0) as { filesAt: number }
    cabinet.writeUInt32LE(0, filesAt + 16 + 'numbers.txt'.length + 1 + 4)
    expect(collect(cab, cabinet).problems).toMatchObject([{ code: 'structure' }])
  })

  it('sums the last bytes from the highest', () => {
    const block = { checksum: 0, packed: 0, size: 0, dataAt: 0, sizes: 0x0007_0007 }
    const data = Buffer.from([1, 0, 0, 0, 0xaa, 0xbb, 0xcc])
    expect(holds({ ...block, checksum: 0x0007_0007 ^ 1 ^ 0xaa_bbcc }, data)).toBe(true)
    expect(holds({ ...block, checksum: 5 }, data)).toBe(false)
    expect(holds(block, data)).toBe(true)
  })

  it('knows no time of a day that does not exist', () => {
    expect(timeOf({ date: 0, time: 0 })).toBeUndefined()
    expect(timeOf({ date: 0x21, time: 0 })).toBe(Date.UTC(1980, 0, 1) / 1000)
  })
})

for (const name of ['stored.cab', 'mszip.cab', 'lzx-aligned.cab', 'quantum.cab'])
  hostileSuite({ format: cab, fixture: fixture('cab', name) })

hostileSuite({
  format: cab,
  fixture: Buffer.concat([1, 2, 3].map((number) => fixture('cab', `../split/set-${number}.cab`))),
})
