import { readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { chm } from './index.ts'

const CODE = readFileSync(new URL('../../../../bytes/src/fixtures/plain.bin', import.meta.url)).subarray(
  0,
  8000,
)
const LONG = lines(1, 14_000)

describe('chm', () => {
  it.each(['version-3.chm', 'version-2.chm'])('lists %s with its stored and its packed contents', (name) => {
    const found = collect(chm, fixture('chm', name))
    expect(found.problems).toEqual([])
    expect(found.entries.map(({ path }) => path).sort()).toEqual([
      '#IDXHDR',
      '#ITBITS',
      '#STRINGS',
      '#SYSTEM',
      '$OBJINST',
      '_#_README_#_',
      'code.bin',
      'empty.txt',
      'index.html',
      'long.txt',
      'numbers.txt',
      'sub',
      'sub/page.html',
      'sub/passwd',
    ])
    expect(entryOf(found, 'sub')).toMatchObject({ type: 'directory' })
    expect(found.contents.get('#SYSTEM')?.includes('index.html')).toBe(true)
    expect(found.contents.get('sub/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('numbers.txt')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('empty.txt')).toHaveLength(0)
    expect(found.contents.get('code.bin')?.equals(CODE)).toBe(true)
    expect(found.contents.get('long.txt')?.toString()).toBe(LONG)
  })

  it('shows nothing from behind the size that it tells of itself', () => {
    const file = fixture('chm', 'version-3.chm')
    const region = chm.recognise(memoryBytes(file), 0)
    expect(region?.end).toBe(file.length)
    const sizeAt = Number(file.readBigUInt64LE(0x38)) + 8
    expect(Number(file.readBigUInt64LE(sizeAt))).toBe(file.length)
    const contentAt = Number(file.readBigUInt64LE(0x58))
    file.writeBigUInt64LE(BigInt(contentAt + 10), sizeAt)
    const { slices, problems } = collect(chm, file)
    for (const end of slices.values()) expect(end).toBeLessThanOrEqual(contentAt + 10)
    expect(problems.map(({ code }) => code)).toContain('truncated')
  })

  it('reads sizes in bytes, as the first compilers wrote them', () => {
    const file = fixture('chm', 'version-3.chm')
    const at = file.indexOf('LZXC')
    expect([file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)]).toEqual([2, 2])
    file.writeUInt32LE(1, at + 4)
    file.writeUInt32LE(0x10000, at + 8)
    file.writeUInt32LE(0x10000, at + 12)
    const { contents, problems } = collect(chm, file)
    expect(problems).toEqual([])
    expect(contents.get('long.txt')?.toString()).toBe(LONG)
  })

  it.each([
    ['a window', 12, 3],
    ['a window', 12, 128],
    ['resets', 8, 0],
    ['resets', 8, 100_000],
    ['a version', 4, 9],
  ])('tells %s that it does not know', (_, place, value) => {
    const file = fixture('chm', 'version-3.chm')
    file.writeUInt32LE(value, file.indexOf('LZXC') + place)
    const { contents, problems } = collect(chm, file)
    expect(problems).toMatchObject([
      { code: 'unsupported' },
      { code: 'structure', message: '9 members of the compressed section are lost' },
    ])
    expect(contents.has('#SYSTEM')).toBe(true)
  })

  it('tells a section whose parts are not there, or nonsense', () => {
    const nameless = fixture('chm', 'version-3.chm')
    nameless.write('ControlDatA', nameless.indexOf('ControlData'))
    expect(collect(chm, nameless).problems[0]).toMatchObject({
      code: 'structure',
      message: 'the compressed section does not say how it is compressed',
    })
    const frames = fixture('chm', 'version-3.chm')
    const header = Buffer.alloc(8)
    header.writeUInt32LE(8)
    header.writeUInt32LE(40, 4)
    const table = frames.indexOf(header) - 8
    frames.writeUInt32LE(60_000, table + 4)
    expect(collect(chm, frames).problems[0]).toMatchObject({ message: 'the table of resets is none' })
    // A frame that ends before it begins.
    const place = fixture('chm', 'version-3.chm')
    place.writeUInt32LE(0, table + 40 + 8)
    expect(collect(chm, place).problems[0]).toMatchObject({ code: 'structure' })
  })

  it('shows what lies before damage and before a cut', () => {
    const file = fixture('chm', 'version-3.chm')
    const packed = file.indexOf('LZXC')
    file.fill(0xff, file.length - 2000, file.length - 1900)
    expect(packed).toBeLessThan(file.length - 2000)
    const damaged = collect(chm, file)
    expect(damaged.problems.length).toBeGreaterThan(0)
    expect(damaged.contents.get('code.bin')?.equals(CODE)).toBe(true)
    const cut = collect(chm, fixture('chm', 'version-3.chm').subarray(0, -2000))
    expect(cut.problems[0]).toMatchObject({ code: 'truncated' })
    expect(cut.contents.get('code.bin')?.equals(CODE)).toBe(true)
    expect(LONG.startsWith(cut.contents.get('long.txt')?.toString() as string)).toBe(true)
  })

  it('refuses members that share bytes with another, and tells sections that it does not know', () => {
    const file = fixture('chm', 'version-3.chm')
    const numbers = file.indexOf('/numbers.txt') + 12
    const passwd = file.indexOf('/sub/passwd') + 11
    // Section 1; offset and size in two bytes each or in one.
    expect(file[numbers]).toBe(1)
    file.copy(file, numbers + 1, passwd + 1, passwd + 3)
    file[file.indexOf('/code.bin') + 9] = 7
    expect(collect(chm, file).problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ message: 'its bytes belong to another member too' }),
        { code: 'unsupported', message: 'it lies in the section 7', path: 'code.bin' },
      ]),
    )
  })

  it('loses one chunk of the directory where it is damaged', () => {
    const none = fixture('chm', 'version-3.chm')
    none.write('PMGX', none.indexOf('PMGL'))
    expect(collect(chm, none).problems).toMatchObject([
      { code: 'structure', message: 'chunk 0 of the directory is none' },
    ])
    const entry = fixture('chm', 'version-3.chm')
    // A number that does not end.
    entry.fill(0xff, entry.indexOf('/numbers.txt') + 12, entry.indexOf('/numbers.txt') + 22)
    const { contents, problems } = collect(chm, entry)
    expect(problems[0]).toMatchObject({ message: 'chunk 0 of the directory ends within an entry' })
    expect(contents.has('#SYSTEM')).toBe(true)
  })
})

hostileSuite({ format: chm, fixture: fixture('chm', 'version-3.chm') })
