import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileImageSuite } from '../../testing/squeezed.ts'
import { xfs } from './index.ts'
import { readInode } from './inode.ts'
import { Volume } from './volume.ts'

/** The record of an inode in an image, as its name in the root, or in a directory there, leads to it. */
function recordOf(image: Buffer, wanted: (mode: number, size: number) => boolean): Buffer {
  const volume = new Volume(memoryBytes(image), { start: 0, end: image.length })
  const { root } = volume.superblock
  for (let number = root; number < root + 64; number++) {
    const { mode, size } = readInode(volume, number)
    if (!wanted(mode, size)) continue
    const view = volume.inodeRecord(number)
    return image.subarray(
      view.byteOffset - image.byteOffset,
      view.byteOffset - image.byteOffset + view.length,
    )
  }
  throw new Error('no such inode')
}

const isPasswd = (mode: number, size: number) => mode === 0o100644 && size === PASSWD.length

describe('xfs', () => {
  it.each([
    ['v5.img', 15],
    ['v4.img', 15],
    ['wide.img', 149],
  ])('lists %s with its metadata and contents', (name, count) => {
    const image = fixture('xfs', name)
    const found = collect(xfs, image)
    expect(found.problems).toEqual([])
    expect(found.region).toEqual({ start: 0, end: image.length })
    expect(found.entries).toHaveLength(count)
    expect(entryOf(found, 'bin/alias')).toMatchObject({ type: 'file', mode: 0o4755, uid: 0, gid: 0 })
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.slices.has('etc/passwd')).toBe(true)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'bin/far')).toMatchObject({ target: 'far/'.repeat(40) })
    expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
    expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
  })

  it('reads names in several blocks, trees of extents, long targets, and times beyond 2038', () => {
    const found = collect(xfs, fixture('xfs', 'wide.img'))
    expect(entryOf(found, 'etc/passwd')).toMatchObject({ mtime: 1_700_000_000 })
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: 'bin/alias' })
    expect(found.contents.get('etc/init.d/a-name-of-some-length-100')?.toString()).toBe('100\n')
    expect(found.contents.get('few/name-30')?.toString()).toBe('30\n')
    expect(entryOf(found, 'bin/farther')).toMatchObject({ target: 'far/'.repeat(200) })
    expect(found.contents.get('kept')).toEqual(Buffer.alloc(20_000))
    const holes = Buffer.alloc(200_000)
    for (let i = 0; i <= 160; i += 2) holes.write(`block ${i}`, i * 1024, 'latin1')
    expect(found.contents.get('holes')).toEqual(holes)
  })

  it('gives the attributes, in an inode and beside it', () => {
    const found = collect(xfs, fixture('xfs', 'wide.img'))
    const kept = Buffer.from('kept').toString('hex')
    const large = Array.from({ length: 200 }, (_, index) => index + 1).join(',')
    expect(entryOf(found, 'few')?.xattrs).toEqual({ 'trusted.other': kept, 'security.third': kept })
    expect(entryOf(found, 'etc/passwd')?.xattrs).toEqual({
      'user.note': kept,
      'user.large': Buffer.from(large).toString('hex'),
    })
  })

  it('tells checksums that differ, and reads on', () => {
    const image = fixture('xfs', 'v5.img')
    recordOf(image, isPasswd).writeUInt32BE(7, 8)
    image.write('other', 108)
    const found = collect(xfs, image)
    expect(found.problems).toMatchObject([{ code: 'checksum' }, { code: 'checksum', path: 'etc/passwd' }])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('tells what lies outside, a directory in itself, and an inode that is not there', () => {
    const outside = fixture('xfs', 'v4.img')
    recordOf(outside, isPasswd).writeUInt32BE(0x7fff_0000, 108)
    expect(collect(xfs, outside).problems).toMatchObject([{ code: 'structure', path: 'etc/passwd' }])
    const loop = fixture('xfs', 'v4.img')
    const root = recordOf(loop, (mode) => (mode & 0o170000) === 0o040000)
    // In an inode: a count, the number of the parent, and a number behind each name.
    const number = new Volume(memoryBytes(loop), { start: 0, end: loop.length }).superblock.root
    const at = root.indexOf('bin')
    root.writeUInt32BE(number, at + 3)
    expect(collect(xfs, loop).problems).toContainEqual(expect.objectContaining({ code: 'loop', path: 'bin' }))
    const lost = fixture('xfs', 'v5.img')
    recordOf(lost, isPasswd).fill(0)
    const found = collect(xfs, lost)
    expect(found.problems).toContainEqual(expect.objectContaining({ code: 'structure', path: 'etc/passwd' }))
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
  })

  it('lists directories to which no name leads', () => {
    const image = fixture('xfs', 'v5.img')
    const root = recordOf(image, (mode) => (mode & 0o170000) === 0o040000)
    // No names in the root any more, and its checksum says so.
    root[176] = 0
    const found = collect(xfs, image)
    expect([...found.contents.values()].some((content) => content.toString() === PASSWD)).toBe(true)
  })

  it('looks for no group behind the end of the bytes', () => {
    const image = fixture('xfs', 'v4.img')
    const groups = 2 ** 28
    image.writeBigUInt64BE(BigInt(groups * image.readUInt32BE(84)), 8)
    image.writeUInt32BE(groups, 88)
    const found = collect(xfs, image)
    expect(found.problems).toMatchObject([{ code: 'truncated' }])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('lists a file of petabytes without filling its holes', () => {
    const image = fixture('xfs', 'v4.img')
    recordOf(image, isPasswd).writeBigUInt64BE(2n ** 52n, 56)
    const found = collect(xfs, image)
    expect(found.problems).toMatchObject([{ code: 'unsupported', path: 'etc/passwd' }])
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
  })
})

hostileImageSuite(xfs, fixture('xfs', 'v5.img'), { front: 8192 })
hostileImageSuite(xfs, fixture('xfs', 'v4.img'), { front: 8192 })
