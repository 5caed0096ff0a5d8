import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { minix } from './index.ts'
import { readSuperblock, type Superblock } from './superblock.ts'

const BLOCK = 1024

function superblockOf(image: Buffer): Superblock {
  return readSuperblock(memoryBytes(image), 0) as Superblock
}

/** The last block is one that two levels of blocks lead to. */
function holes(block: number, last: number): Buffer {
  const content = Buffer.alloc(last * block + 4)
  content.write('first')
  content.write('ninth', 9 * block)
  content.write('last', last * block)
  return content
}

/** An image of version 1 with all of its numbers the other way round. */
function turned(little: Buffer): Buffer {
  const image = Buffer.from(little)
  const { inodesAt, inodes } = superblockOf(little)
  const swap16 = (at: number, length: number) => image.subarray(at, at + length).swap16()
  const swap32 = (at: number, length: number) => image.subarray(at, at + length).swap32()
  swap16(BLOCK, 12)
  swap32(BLOCK + 12, 4)
  swap16(BLOCK + 16, 4)
  for (let at = inodesAt * BLOCK; at < inodesAt * BLOCK + inodes * 32; at += 32) {
    const zones = Array.from({ length: 9 }, (_, index) => little.readUInt16LE(at + 14 + index * 2) * BLOCK)
    const [mode, size] = [little.readUInt16LE(at) & 0o170000, little.readUInt32LE(at + 4)]
    if (mode === 0o040000) for (let from = 0; from < size; from += 16) swap16((zones[0] as number) + from, 2)
    if (zones[7]) swap16(zones[7], BLOCK)
    if (zones[8]) {
      for (let from = 0; from < BLOCK; from += 2) {
        const inner = little.readUInt16LE(zones[8] + from)
        if (inner !== 0) swap16(inner * BLOCK, BLOCK)
      }
      swap16(zones[8], BLOCK)
    }
    swap16(at, 4)
    swap32(at + 4, 8)
    swap16(at + 14, 18)
  }
  return image
}

describe('minix', () => {
  it.each([
    ['version-1-14.img', 1],
    ['version-1-30.img', 1],
    ['version-2-30.img', 2],
    ['version-3.img', 3],
  ])('lists %s with its metadata and contents', (name, version) => {
    const image = fixture('minix', name)
    expect(superblockOf(image)).toMatchObject({ version, endian: 'little' })
    const found = collect(minix, image)
    expect(found.problems).toEqual([])
    expect(found.entries).toHaveLength(14)
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'file', mode: 0o4755, mtime: 1_700_000_000 })
    expect(entryOf(found, 'bin/alias')).toMatchObject({ type: 'hardlink', target: 'bin/numbers' })
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(
      found.contents.get('holes')?.equals(holes(superblockOf(image).blockSize, version === 1 ? 520 : 300)),
    ).toBe(true)
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
    expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
    expect(entryOf(found, 'etc/shadow')).toMatchObject({ mode: 0o600 })
    expect(entryOf(found, 'etc/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 101 })
  })

  it('reads numbers that are the other way round', () => {
    const little = fixture('minix', 'version-1-14.img')
    const [one, other] = [collect(minix, little), collect(minix, turned(little))]
    expect(superblockOf(turned(little)).endian).toBe('big')
    expect(other.problems).toEqual([])
    expect(other.entries).toEqual(one.entries)
    expect(other.contents).toEqual(one.contents)
  })

  it('does not follow a directory into itself, and tells blocks that are not there', () => {
    const image = fixture('minix', 'version-1-14.img')
    const loop = Buffer.from(image)
    loop.writeUInt16LE(1, image.indexOf('bin\0') - 2)
    expect(collect(minix, loop).problems).toContainEqual(
      expect.objectContaining({ code: 'loop', path: 'bin' }),
    )
    // The sixth inode is that of passwd; where its first block lies is told behind fourteen bytes.
    const at = superblockOf(image).inodesAt * BLOCK + 5 * 32
    image.writeUInt16LE(60_000, at + 14)
    expect(collect(minix, image).problems).toMatchObject([{ code: 'structure', path: 'etc/passwd' }])
  })
})

hostileSuite({ format: minix, fixture: fixture('minix', 'version-1-14.img') })
hostileSuite({ format: minix, fixture: fixture('minix', 'version-3.img') })
