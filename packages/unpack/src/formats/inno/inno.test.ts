import { latin1, memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD, sha256 } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { undoCalls } from './calls.ts'
import { inno } from './index.ts'

/** As the linker made it. */
const PROGRAM = '037e8ce059524176d05ee552b57500d40c7ab15ad69966a4a87417afc1902215'
const VERSIONS = ['5.5.9.exe', '5.6.1.exe', '6.0.5.exe', '6.2.0.exe', '6.3.1.exe', '6.4.1.exe']

describe('inno', () => {
  it.each(VERSIONS)('shows what %s installs', (name) => {
    const found = collect(inno, fixture('inno', name))
    expect(found.problems).toEqual([])
    expect([...found.contents.keys()].sort()).toEqual([
      ...['app/again.txt', 'app/etc/passwd', 'app/numbers', 'sys/program.exe', 'tmp/{name}'],
    ])
    for (const path of ['app/again.txt', 'app/numbers'])
      expect(found.contents.get(path)?.toString(), path).toBe(NUMBERS)
    for (const path of ['app/etc/passwd', 'tmp/{name}'])
      expect(found.contents.get(path)?.toString(), path).toBe(PASSWD)
    expect(entryOf(found, 'app/numbers')).toMatchObject({ type: 'file', mtime: 1_700_000_000 })
    // Its calls and jumps are changed in all of them.
    expect(sha256(found.contents.get('sys/program.exe'))).toBe(PROGRAM)
  })

  it('names what is encrypted', () => {
    const { contents, entries, problems } = collect(inno, fixture('inno', 'encrypted.exe'))
    expect(contents.size).toBe(0)
    expect(entries.map(({ path }) => path)).toContain('app/numbers')
    expect(problems).toContainEqual({ code: 'unsupported', message: 'encrypted', path: 'app/numbers' })
  })

  it('tells a content whose digest differs', () => {
    const image = fixture('inno', '6.3.1.exe')
    image[image.indexOf('root:x')] = 0x52
    expect(collect(inno, image).problems).toEqual(
      ['app/etc/passwd', 'tmp/{name}'].map((path) =>
        expect.objectContaining({ message: 'its digest differs', path }),
      ),
    )
  })

  it('tells a version whose lists are not read, and lists that are damaged', () => {
    const image = fixture('inno', '6.4.1.exe')
    const at = image.indexOf('Inno Setup Setup Data (')
    image[at + 23] = 0x37
    expect(collect(inno, image)).toMatchObject({
      contents: new Map(),
      problems: [{ code: 'unsupported', message: 'the lists of version 7.4.0.1 are not read' }],
    })
    image[at + 23] = 0x36
    image[at + 64 + 20] = (image[at + 64 + 20] as number) ^ 1
    expect(collect(inno, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

describe('changed calls', () => {
  it('are undone in blocks, however they come', () => {
    const program = Buffer.alloc(3 * 65_536, 0x90)
    // A call to 256 bytes behind it, a jump back, one that no compiler changed, and one that spans two blocks.
    program.set([0xe8, 0x05, 0x01, 0x00, 0x00], 0)
    program.set([0xe9, 0x00, 0x00, 0x01, 0x00], 70_000)
    program.set([0xe8, 0x00, 0x00, 0x00, 0x7f], 80_000)
    program.set([0xe8, 0x05, 0x01, 0x00, 0x00], 65_536 * 2 - 3)
    const undone = (step: number) => {
      const parts: Buffer[] = []
      const calls = undoCalls((chunk) => parts.push(Buffer.from(chunk)))
      for (let at = 0; at < program.length; at += step) calls.take(program.subarray(at, at + step))
      calls.end()
      return Buffer.concat(parts)
    }
    const whole = undone(program.length)
    expect(whole.subarray(0, 5)).toEqual(Buffer.from([0xe8, 0x00, 0x01, 0x00, 0x00]))
    const back = 65_536 - 70_005
    expect(whole.readInt32LE(70_001)).toBe(back)
    expect(whole.subarray(80_000, 80_005)).toEqual(program.subarray(80_000, 80_005))
    expect(whole.subarray(65_536 * 2 - 3, 65_536 * 2 + 2)).toEqual(
      program.subarray(65_536 * 2 - 3, 65_536 * 2 + 2),
    )
    expect(undone(4099)).toEqual(whole)
  })
})

it('is no other program', () => {
  expect(inno.recognise(memoryBytes(fixture('pe', 'symbols.exe')), 0)).toBeUndefined()
  expect(latin1(fixture('inno', '6.4.1.exe').subarray(0, 2))).toBe('MZ')
})

for (const name of ['5.5.9.exe', '6.3.1.exe', '6.4.1.exe'])
  hostileSuite({
    format: inno,
    fixture: fixture('inno', name),
    needsItsEnd: 'the lists lie behind the contents',
  })
