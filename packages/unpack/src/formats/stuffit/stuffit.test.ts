import { createHash } from 'node:crypto'
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

  it('unpacks what StuffIt 4.5 packed', () => {
    const { contents, problems } = collect(stuffit, fixture('stuffit', 'testfile.stuffit45_dlx.mac9.sit'))
    expect(problems).toEqual([])
    const digests = [...contents].map(
      ([path, content]) => `${path} ${createHash('sha256').update(content).digest('hex').slice(0, 16)}`,
    )
    // As unar 1.10.7 has them.
    expect(digests.sort()).toEqual([
      'Test Image.rsrc 4b81756539036456',
      'Test Text 9734aef6d3788ba9',
      'Test Text.rsrc 5f0c7e77ac2430be',
      'testfile.PICT 318d71cd4d027c6b',
      'testfile.PICT.rsrc 011604ad448ef445',
      'testfile.jpg e514232511df1a4f',
      'testfile.png fdda20984cc15914',
      'testfile.txt b645efee0ed71003',
      'testfile.txt.rsrc f788dcd5313a531a',
    ])
  })

  it('tells what StuffIt 4.5 encrypted', () => {
    const archive = fixture('stuffit', 'testfile.stuffit45_dlx.mac9.password.sit')
    const { contents, problems } = collect(stuffit, archive)
    expect(contents.size).toBe(0)
    expect(new Set(problems.map(({ message }) => message))).toEqual(new Set(['encrypted']))
  })

  it('names what it does not undo', () => {
    expect(collect(stuffit, changed('runs', 1, 14)).problems).toMatchObject([
      { code: 'unsupported', message: expect.stringMatching(/method 14/), path: 'runs' },
    ])
    expect(collect(stuffit, changed('runs', 1, 0x81)).problems).toMatchObject([
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
hostileSuite({ format: stuffit, fixture: fixture('stuffit', 'testfile.stuffit45_dlx.mac9.sit') })
