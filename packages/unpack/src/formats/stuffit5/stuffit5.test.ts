import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { crc16 } from '../crc16.ts'
import { stuffit5 } from './index.ts'

const MAC_6 = 'testfile.stuffit651_dlx.mac9.rreceipt.sit'
const MAC_7 = 'testfile.stuffit7_dlx.mac9.sit'
const ENCRYPTED = 'testfile.stuffit7.win.password.sit'
const PASSWORD = keyOf('stuffit5', 'password.txt')

/** What unar 1.10.7 gives of the files that all of those archives hold: the first bytes of SHA-256. */
const OF_A_MACINTOSH = {
  'Test Image.rsrc': '4b81756539036456',
  'Test Text': '9734aef6d3788ba9',
  'Test Text.rsrc': '5f0c7e77ac2430be',
  'testfile.PICT': '318d71cd4d027c6b',
  'testfile.PICT.rsrc': '011604ad448ef445',
  'testfile.jpg': 'e514232511df1a4f',
  'testfile.png': 'fdda20984cc15914',
  'testfile.txt': 'b645efee0ed71003',
  'testfile.txt.rsrc': 'f788dcd5313a531a',
}

function digests(contents: ReadonlyMap<string, Buffer>): Record<string, string> {
  return Object.fromEntries(
    [...contents].map(([path, content]) => [
      path,
      createHash('sha256').update(content).digest('hex').slice(0, 16),
    ]),
  )
}

describe('stuffit5', () => {
  it('unpacks what StuffIt 7 packed by Arsenic', () => {
    const found = collect(stuffit5, fixture('stuffit5', MAC_7))
    expect(found.problems).toEqual([])
    expect(digests(found.contents)).toEqual(OF_A_MACINTOSH)
  })

  it('unpacks what StuffIt 6.5 stored and packed, with its return receipt', () => {
    const found = collect(stuffit5, fixture('stuffit5', MAC_6))
    expect(found.problems).toEqual([])
    expect(digests(found.contents)).toEqual({
      ...OF_A_MACINTOSH,
      'StuffItReturnReceipt.txt': '452db567d87de851',
    })
  })

  it('unpacks blocks, randomised ones, runs, and LZ with prefix codes of its own', () => {
    const { contents, problems } = collect(stuffit5, fixture('stuffit5', 'methods.sit'))
    expect(problems).toEqual([])
    expect(contents.get('passwd')?.toString()).toBe(PASSWD)
    for (const name of ['blocks', 'randomised', 'codes']) expect(contents.get(name)?.toString()).toBe(NUMBERS)
    expect(contents.get('runs')?.length).toBe(763)
    expect(contents.get('nothing')?.length).toBe(0)
  })

  it('decrypts with the password, which goes through folders', () => {
    const found = collect(stuffit5, fixture('stuffit5', ENCRYPTED), undefined, [PASSWORD])
    expect(found.problems).toEqual([])
    expect(entryOf(found, 'sources')).toMatchObject({ type: 'directory' })
    expect(digests(found.contents)).toMatchObject({
      'sources/testfile.jpg': OF_A_MACINTOSH['testfile.jpg'],
      'sources/testfile.png': OF_A_MACINTOSH['testfile.png'],
    })
  })

  it('tells what is encrypted where the password is missing or wrong', () => {
    for (const keys of [[], [{ name: 'other', bytes: Buffer.from('passwort') }]]) {
      const { contents, problems } = collect(stuffit5, fixture('stuffit5', ENCRYPTED), undefined, keys)
      expect(contents.size).toBe(0)
      expect(problems.map(({ message }) => message)).toEqual(['encrypted', 'encrypted', 'encrypted'])
    }
  })

  it('tells a content whose own sum differs, and shows it', () => {
    const archive = changed('blocks', (header) => {
      // One byte of the last bits, in which the CRC stands.
      const end = archiveAt('randomised') - 3
      header[end] = (header[end] as number) ^ 0x40
    })
    const { contents, problems } = collect(stuffit5, archive)
    expect(problems).toMatchObject([{ message: 'StuffIt: the CRC of the content differs', path: 'blocks' }])
    expect(contents.get('blocks')?.toString()).toBe(NUMBERS)
  })

  it('names what it does not undo, and ends where a header is damaged', () => {
    const unread = collect(
      stuffit5,
      changed('codes', (archive, at) => (archive[at + 46] = 14)),
    )
    expect(unread.problems).toMatchObject([
      { code: 'unsupported', message: expect.stringMatching(/method 14/), path: 'codes' },
    ])
    const archive = fixture('stuffit5', 'methods.sit')
    archive.write('c0des', archive.indexOf('codes'))
    const cut = collect(stuffit5, archive)
    expect(cut.problems).toMatchObject([{ message: 'the CRC of a header differs' }])
    expect(cut.contents.get('runs')?.length).toBe(763)
  })
})

/** Where the header of a member of `methods.sit` begins. */
function archiveAt(name: string): number {
  return fixture('stuffit5', 'methods.sit').indexOf(name) - 48
}

/** Changes an archive, and the sum of a member's header with it. */
function changed(name: string, change: (archive: Buffer, at: number) => void): Buffer {
  const archive = fixture('stuffit5', 'methods.sit')
  const at = archiveAt(name)
  change(archive, at)
  archive.writeUInt16BE(0, at + 32)
  archive.writeUInt16BE(crc16(archive.subarray(at, at + 48 + name.length)), at + 32)
  return archive
}

hostileSuite({ format: stuffit5, fixture: fixture('stuffit5', 'methods.sit') })
hostileSuite({ format: stuffit5, fixture: fixture('stuffit5', MAC_7) })
