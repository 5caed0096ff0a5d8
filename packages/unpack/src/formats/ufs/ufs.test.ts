import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { ufs } from './index.ts'
import { readSuperblock } from './superblock.ts'

const BLOCK = 4096
/** Of the fixtures' superblocks. */
const PLACE = 8192

/** Where an inode stands in an image whose groups are one. */
function inodeAt(image: Buffer, wanted: (mode: number, size: bigint) => boolean): number {
  const superblock = readSuperblock(memoryBytes(image), 0)
  if (!superblock) throw new Error('no superblock')
  const { version, endian, inodesAt, fragmentSize, inodeSize, inodesPerGroup } = superblock
  const isLittle = endian === 'little'
  for (let number = 2; number < inodesPerGroup; number++) {
    const at = inodesAt * fragmentSize + number * inodeSize
    const sizeAt = at + (version === 1 ? 8 : 16)
    const mode = isLittle ? image.readUInt16LE(at) : image.readUInt16BE(at)
    if (wanted(mode, isLittle ? image.readBigUInt64LE(sizeAt) : image.readBigUInt64BE(sizeAt))) return at
  }
  throw new Error('no such inode')
}

const isPasswd = (mode: number, size: bigint) => mode === 0o100644 && size === BigInt(PASSWD.length)

describe('ufs', () => {
  it.each([
    ['v1.img', 1, 'little', 15],
    ['v1-big.img', 1, 'big', 166],
    ['v2.img', 2, 'little', 166],
    ['v2-big.img', 2, 'big', 15],
  ] as const)('lists %s with its metadata and contents', (name, version, endian, count) => {
    const image = fixture('ufs', name)
    expect(readSuperblock(memoryBytes(image), 0)).toMatchObject({ version, endian, isClean: true })
    const found = collect(ufs, image)
    expect(found.problems).toEqual([])
    expect(found.region).toEqual({ start: 0, end: image.length })
    expect(found.entries).toHaveLength(count)
    const [first, link] = ['bin/alias', 'bin/numbers'].map((path) => entryOf(found, path))
    const [file, hard] = first?.type === 'file' ? [first, link] : [link, first]
    expect(file).toMatchObject({ type: 'file', mode: 0o4755, uid: 0, gid: 0, mtime: 1_700_000_000 })
    expect(hard).toMatchObject({ type: 'hardlink', target: file?.path })
    expect(found.contents.get(file?.path ?? '')?.toString()).toBe(NUMBERS)
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

  it.each(['v1-big.img', 'v2.img'])('follows blocks of addresses in %s', (name) => {
    const { contents } = collect(ufs, fixture('ufs', name))
    const deep = Buffer.alloc(701 * BLOCK + 7)
    for (const at of [0, 11, 12, 523, 524, 700]) deep.write(`block ${at}\n`, at * BLOCK)
    expect(contents.get('deep')?.equals(deep)).toBe(true)
    expect(contents.get('etc/init.d/a-name-of-some-length-150')?.toString()).toBe('150\n')
  })

  it('finds the superblock of version 2 where newfs puts it', () => {
    const image = fixture('ufs', 'v2-big.img')
    const moved = Buffer.concat([image, Buffer.alloc(0)])
    expect(moved.subarray(65_536, 65_536 + 1376).every((byte) => byte === 0)).toBe(true)
    image.copy(moved, 65_536, PLACE, PLACE + 1376)
    moved.writeBigUInt64BE(65_536n, 65_536 + 1000)
    moved.fill(0, PLACE, PLACE + 1376)
    const found = collect(ufs, moved)
    expect(found.problems).toEqual([])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('tells that it was not unmounted, and what lies outside', () => {
    const image = fixture('ufs', 'v1.img')
    image[PLACE + 209] = 0
    image.writeUInt32LE(0x7fff_ffff, inodeAt(image, isPasswd) + 40)
    expect(collect(ufs, image).problems).toMatchObject([
      { code: 'unsupported' },
      { code: 'structure', path: 'etc/passwd' },
    ])
  })

  it('does not follow a directory into itself, and lists those to which no name leads', () => {
    const image = fixture('ufs', 'v1.img')
    const at = image.indexOf('bin\0')
    expect(image.readUInt8(at - 2)).toBe(4)
    image.writeUInt32LE(2, at - 8)
    const found = collect(ufs, image)
    expect(found.problems).toContainEqual(expect.objectContaining({ code: 'loop', path: 'bin' }))
    expect([...found.contents.values()].some((content) => content.toString() === NUMBERS)).toBe(true)
  })

  it('looks for no inode behind the end of the bytes', () => {
    const image = fixture('ufs', 'v2-big.img')
    const groups = 2 ** 32 - 1
    image.writeUInt32BE(groups, PLACE + 44)
    image.writeBigUInt64BE(BigInt(groups * image.readUInt32BE(PLACE + 188)), PLACE + 1080)
    const found = collect(ufs, image)
    expect(found.problems).toMatchObject([{ code: 'truncated' }])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('does not follow a block of addresses that names itself', () => {
    const image = fixture('ufs', 'v1.img')
    const at = inodeAt(image, isPasswd)
    const own = 8 * Math.floor(image.length / BLOCK - 1)
    for (let i = 0; i < BLOCK; i += 4) image.writeUInt32LE(own, own * 512 + i)
    image.writeBigUInt64LE(2n ** 42n, at + 8)
    for (const level of [0, 1, 2]) image.writeUInt32LE(own, at + 88 + 4 * level)
    expect(collect(ufs, image).problems).toContainEqual(
      expect.objectContaining({ code: 'loop', path: 'etc/passwd' }),
    )
  })

  it('lists a file of petabytes without filling its holes', () => {
    const image = fixture('ufs', 'v2-big.img')
    image.writeBigUInt64BE(2n ** 52n, inodeAt(image, isPasswd) + 16)
    const found = collect(ufs, image)
    expect(found.problems).toMatchObject([{ code: 'unsupported', path: 'etc/passwd' }])
    expect(entryOf(found, 'bin/link')).toMatchObject({ target: '../etc/passwd' })
  })
})

hostileSuite({ format: ufs, fixture: fixture('ufs', 'v1.img') })
hostileSuite({ format: ufs, fixture: fixture('ufs', 'v2-big.img') })
