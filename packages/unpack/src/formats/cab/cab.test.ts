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
const LONG = Array.from({ length: 7000 }, (_, index) => `${index + 1}\n`).join('')

describe('cab', () => {
  it.each(['stored.cab', 'reserves.cab'])('lists %s with its times and contents', (name) => {
    const found = collect(cab, fixture('cab', name))
    expect(found.problems).toEqual([])
    expect([...found.contents.keys()].sort()).toEqual(['empty', 'numbers.txt', 'sub/passwd'])
    expect(found.contents.get('numbers.txt')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('sub/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('empty')).toHaveLength(0)
    expect(entryOf(found, 'sub/passwd')).toMatchObject({ type: 'file', mode: 0o644, mtime: 1_700_000_000 })
  })

  it('undoes MSZIP, whose blocks reach back into those before', () => {
    const found = collect(cab, fixture('cab', 'mszip.cab'))
    expect(found.problems).toEqual([])
    expect(found.entries).toHaveLength(5)
    expect(found.contents.get('code.bin')?.equals(CODE)).toBe(true)
    expect(found.contents.get('long.txt')?.toString()).toBe(LONG)
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

  it.each([
    [2, 'quantum'],
    [3, 'lzx'],
    [9, 'unknown'],
  ])('names the method %d as %s', (type, method) => {
    const cabinet = fixture('cab', 'stored.cab')
    cabinet.writeUInt16LE(type, 42)
    const { entries, problems } = collect(cab, cabinet)
    expect(entries).toEqual([])
    expect(problems).toHaveLength(3)
    expect(problems[0]).toMatchObject({ code: 'unsupported', message: `compressed with ${method}` })
  })

  it('names files that lie in more than one cabinet', () => {
    const cabinet = fixture('cab', 'stored.cab')
    const { filesAt } = parseCabHeader(memoryBytes(cabinet), 0) as { filesAt: number }
    cabinet.writeUInt16LE(0xfffe, filesAt + 8)
    const { contents, problems } = collect(cab, cabinet)
    expect(problems).toMatchObject([{ code: 'unsupported', path: 'numbers.txt' }])
    expect(contents.size).toBe(2)
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

for (const name of ['stored.cab', 'mszip.cab']) hostileSuite({ format: cab, fixture: fixture('cab', name) })
