import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { crc16 } from '../crc16.ts'
import { stuffit } from './index.ts'

const RUNS = Buffer.concat([
  Buffer.alloc(500, 'a'),
  Buffer.alloc(3, 0x90),
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  Buffer.from('zzzz'),
])

/** Changes a byte of the header of a member, and its CRC with it. */
function changed(name: string, offset: number, value: number): Buffer {
  const archive = fixture('stuffit', 'methods.sit')
  const at = archive.indexOf(`${String.fromCharCode(name.length)}${name}`, 0, 'latin1') - 2
  archive[at + offset] = value
  archive.writeUInt16BE(crc16(archive.subarray(at, at + 110)), at + 110)
  return archive
}

describe('stuffit', () => {
  it('unpacks what is stored, in runs, by LZW and by prefix codes', () => {
    const found = collect(stuffit, fixture('stuffit', 'methods.sit'))
    expect(found.problems).toEqual([])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/passwd.rsrc')?.toString()).toBe('a resource')
    expect(found.contents.get('runs')?.equals(RUNS)).toBe(true)
    expect(found.contents.get('numbers')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('prefix')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, 'etc')).toMatchObject({ type: 'directory' })
    expect(entryOf(found, 'runs')).toMatchObject({ type: 'file', mtime: 1_700_000_000 })
  })

  it('names what it does not undo', () => {
    expect(collect(stuffit, changed('runs', 1, 13)).problems).toMatchObject([
      { code: 'unsupported', message: expect.stringMatching(/method 13/), path: 'runs' },
    ])
    expect(collect(stuffit, changed('runs', 1, 17)).problems).toMatchObject([
      { code: 'unsupported', message: 'encrypted', path: 'runs' },
    ])
  })

  it('tells a content and a header that differ', () => {
    const archive = fixture('stuffit', 'methods.sit')
    archive[archive.indexOf('root:x')] = 0x52
    archive[archive.indexOf('numbers')] = 0x4e
    expect(collect(stuffit, archive).problems).toMatchObject([
      { code: 'structure', message: 'the CRC of a header differs' },
      { message: 'the CRC differs', path: 'etc/passwd' },
    ])
  })

  it('shows a slash in a name as the colon that it is in a path', () => {
    const { contents } = collect(stuffit, changed('runs', 4, 0x2f))
    expect(contents.has('r:ns')).toBe(true)
  })
})

hostileSuite({ format: stuffit, fixture: fixture('stuffit', 'methods.sit') })
