import { describe, expect, it } from 'vitest'
import { entryOf, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { qnx6 } from './index.ts'

const LONG = 'a name that is longer than the twenty-seven bytes of an entry'
const NUMBERS = Buffer.from(lines(1, 2000))

describe('qnx6', () => {
  it.each(['little.img', 'big.img'])('lists %s with its metadata and contents', (name) => {
    const found = collect(qnx6, fixture('qnx6', name))
    expect(found.problems).toEqual([])
    expect(found.entries.map(({ path }) => path)).toEqual([
      '',
      'etc',
      'etc/passwd',
      'etc/empty',
      `etc/${LONG}`,
      'bin',
      'bin/numbers',
      'bin/link',
    ])
    expect(entryOf(found, 'etc/passwd')).toMatchObject({
      mode: 0o600,
      uid: 1000,
      gid: 101,
      mtime: 1_700_000_000,
    })
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(found.contents.get(`etc/${LONG}`)?.equals(NUMBERS)).toBe(true)
    expect(entryOf(found, `etc/${LONG}`)).toMatchObject({ mode: 0o4755 })
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: `etc/${LONG}` })
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
  })

  it('takes the newer superblock, and leaves holes in files', () => {
    const { contents, problems } = collect(qnx6, fixture('qnx6', 'newer.img'))
    expect(problems).toEqual([])
    const expected = Buffer.from(NUMBERS).fill(0, 512, 1024)
    expect(contents.get(`etc/${LONG}`)?.equals(expected)).toBe(true)
  })

  it('reads on with the first superblock, and tells that the second one is damaged', () => {
    const image = Buffer.from(fixture('qnx6', 'little.img'))
    image[image.length - 4096 + 100] = 0x37
    const { contents, problems } = collect(qnx6, image)
    expect(problems).toMatchObject([{ code: 'unsupported' }])
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('tells blocks outside of the file system, and the end of the image', () => {
    const image = Buffer.from(fixture('qnx6', 'little.img'))
    const block = image.indexOf(PASSWD)
    expect(block).toBeGreaterThan(0)
    // The inode of passwd is the third one: its first pointer stands 36 bytes behind its start.
    const inode = image.indexOf(Buffer.from([0x80, 0x81]), 0x3000)
    image.writeUInt32LE(60_000, inode + 4)
    expect(collect(qnx6, image).problems).toMatchObject([{ code: 'structure', path: 'etc/passwd' }])
    const cut = collect(qnx6, fixture('qnx6', 'little.img').subarray(0, -4096))
    expect(cut.problems[0]).toMatchObject({ code: 'truncated' })
  })

  it('calls a file by its inode whose long name is not there', () => {
    const image = Buffer.from(fixture('qnx6', 'little.img'))
    // The length of the name.
    image.writeUInt16LE(60_000, image.indexOf(LONG) - 2)
    const { contents, problems } = collect(qnx6, image)
    expect(problems).toEqual([])
    expect(contents.get('etc/inode-2')?.equals(NUMBERS)).toBe(true)
  })
})

hostileSuite({ format: qnx6, fixture: fixture('qnx6', 'little.img') })
hostileSuite({
  format: qnx6,
  fixture: fixture('qnx6', 'newer.img'),
  needsItsEnd: 'its superblock comes last',
})
