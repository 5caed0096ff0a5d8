import { describe, expect, it } from 'vitest'
import { collectFrom } from '../testing/bounded.ts'
import { ext } from './ext/index.ts'
import { minix } from './minix/index.ts'
import { qnx6 } from './qnx6/index.ts'
import { reiserfs } from './reiserfs/index.ts'

const SHARED = 'blocks of metadata belong to more than one inode'

/** MINIX, version 1: `count` directories of 2 MiB and more without a name, all in the same few blocks. */
function minixOf(count: number): Buffer {
  const block = 1024
  const inodes = count + 1
  const [inodeBlocks, names] = [Math.ceil(inodes / 32), Math.ceil((count + 2) / 32)]
  const first = 4 + inodeBlocks
  const blocks = first + names + 3
  const image = Buffer.alloc(blocks * block)
  for (const [index, word] of [inodes, blocks, 1, 1, first, 0].entries())
    image.writeUInt16LE(word, block + 2 * index)
  image.writeUInt32LE(0x7fff_ffff, block + 12)
  image.writeUInt16LE(0x138f, block + 16)
  image.writeUInt16LE(1, block + 18)
  const [once, list, empty] = [first + names, first + names + 1, first + names + 2]
  for (let at = 0; at < block; at += 2) {
    image.writeUInt16LE(list, once * block + at)
    image.writeUInt16LE(empty, list * block + at)
  }
  for (let inode = 1; inode <= inodes; inode++) {
    const at = 4 * block + (inode - 1) * 32
    image.writeUInt16LE(0o40755, at)
    image.writeUInt32LE(inode === 1 ? 32 * (count + 2) : 15 * 1024 * 1024, at + 4)
    if (inode === 1)
      for (let index = 0; index < names; index++) image.writeUInt16LE(first + index, at + 14 + 2 * index)
    else image.writeUInt16LE(once, at + 14 + 2 * 8)
    const record = first * block + (inode === 1 ? 0 : inode) * 32
    image.writeUInt16LE(inode, record)
    image.write(inode === 1 ? '.' : `d${inode}`, record + 2)
  }
  image.writeUInt16LE(1, first * block + 32)
  image.write('..', first * block + 34)
  return image
}

/** The first superblock of QNX6, with its checksum. */
function qnx6Sum(view: Buffer): number {
  let sum = 0
  for (const byte of view) {
    sum ^= byte << 24
    for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum < 0 ? 0x04c1_1db7 : 0)
  }
  return sum >>> 0
}

/** QNX6: one file of many terabytes, whose five levels of pointers are the same block, and whose data are holes. */
function qnx6WithHoles(): Buffer {
  const [block, blocks, blocksAt] = [512, 40, 0x3000]
  const image = Buffer.alloc(blocksAt + blocks * block + 0x1000)
  const superblock = image.subarray(0x2000, 0x2200)
  superblock.writeUInt32LE(0x6819_1122, 0)
  superblock.writeUInt32LE(block, 48)
  superblock.writeUInt32LE(4, 52)
  superblock.writeUInt32LE(blocks, 60)
  const tree = (view: Buffer, size: bigint, pointers: readonly number[]) => {
    view.writeBigUInt64LE(size, 0)
    view.fill(0xff, 8, 72)
    for (const [index, pointer] of pointers.entries()) view.writeUInt32LE(pointer, 8 + 4 * index)
  }
  tree(superblock.subarray(72), 512n, [0])
  tree(superblock.subarray(72 + 160), 0n, [])
  superblock.writeUInt32LE(qnx6Sum(superblock.subarray(8)), 4)
  const inode = (number: number, mode: number, size: bigint, pointers: readonly number[], levels: number) => {
    const view = image.subarray(blocksAt + (number - 1) * 128)
    view.writeBigUInt64LE(size, 0)
    view.writeUInt16LE(mode, 32)
    view.fill(0xff, 36, 100)
    for (const [index, pointer] of pointers.entries()) view.writeUInt32LE(pointer, 36 + 4 * index)
    view.writeUInt8(levels, 100)
  }
  inode(1, 0o40755, 96n, [1], 0)
  inode(2, 0o100644, 2n ** 42n, Array(16).fill(2), 5)
  for (const [index, name] of ['.', '..', 'file'].entries()) {
    const at = blocksAt + block + 32 * index
    image.writeUInt32LE(index < 2 ? 1 : 2, at)
    image.writeUInt8(name.length, at + 4)
    image.write(name, at + 5)
  }
  // A block that leads to itself, but for its last pointers.
  image.fill(0xff, blocksAt + 2 * block, blocksAt + 3 * block)
  for (let index = 0; index < 120; index++) image.writeUInt32LE(2, blocksAt + 2 * block + 4 * index)
  return image
}

/** ReiserFS: six levels, each of which leads to the next one in all its pointers; in the one leaf nothing that is looked for. */
function reiserfsInCircles(): Buffer {
  const [block, height] = [4096, 8]
  const image = Buffer.alloc(40 * block)
  const superblock = image.subarray(0x10000)
  superblock.writeUInt32LE(40, 0)
  superblock.writeUInt32LE(20, 8)
  superblock.writeUInt16LE(block, 44)
  superblock.writeUInt16LE(1, 50)
  superblock.write('ReIsEr2Fs', 52)
  superblock.writeUInt16LE(height, 68)
  const children = 160
  for (let level = height - 1; level > 1; level--) {
    const node = image.subarray((20 + height - 1 - level) * block)
    node.writeUInt16LE(level, 0)
    node.writeUInt16LE(children, 2)
    for (let index = 0; index < children; index++) node.writeUInt32LE(0x7fff_ffff, 24 + 16 * index)
    for (let index = 0; index <= children; index++)
      node.writeUInt32LE(20 + height - level, 24 + 16 * children + 8 * index)
  }
  const leaf = image.subarray((20 + height - 2) * block)
  leaf.writeUInt16LE(1, 0)
  leaf.writeUInt16LE(1, 2)
  const head = leaf.subarray(24)
  head.writeUInt32LE(1, 0)
  head.writeUInt32LE(2, 4)
  head.writeUInt16LE(44, 18)
  head.writeUInt16LE(block - 44, 20)
  leaf.writeUInt16LE(0o40755, block - 44)
  return image
}

/** ext2: files of many gigabytes, in three levels of blocks of addresses that are one block, and another one of holes. */
function extWithHoles(files: number): Buffer {
  const block = 1024
  const [perGroup, table] = [256, 5]
  const tableBlocks = (perGroup * 128) / block
  const [names, upper, lower] = [table + tableBlocks, table + tableBlocks + 8, table + tableBlocks + 9]
  const image = Buffer.alloc(64 * block)
  const superblock = image.subarray(block)
  superblock.writeUInt32LE(perGroup, 0)
  superblock.writeUInt32LE(64, 4)
  superblock.writeUInt32LE(1, 0x14)
  superblock.writeUInt32LE(8192, 0x20)
  superblock.writeUInt32LE(8192, 0x24)
  superblock.writeUInt32LE(perGroup, 0x28)
  superblock.writeUInt16LE(0xef53, 0x38)
  superblock.writeUInt16LE(1, 0x3a)
  superblock.writeUInt32LE(0, 0x4c)
  image.writeUInt32LE(table, 2 * block + 8)
  const inode = (number: number, mode: number, size: number) => {
    const view = image.subarray(table * block + (number - 1) * 128)
    view.writeUInt16LE(mode, 0)
    view.writeUInt32LE(size, 4)
    view.writeUInt16LE(1, 26)
    return view
  }
  const root = inode(2, 0o40755, 8 * block)
  for (let index = 0; index < 8; index++) root.writeUInt32LE(names + index, 40 + 4 * index)
  for (let index = 0; index < 8; index++) image.writeUInt16LE(block, (names + index) * block + 4)
  for (let index = 0; index < files; index++) {
    const file = inode(12 + index, 0o100644, 0xffff_ffff)
    file.writeUInt32LE(3, 108)
    file.writeUInt32LE(upper, 40 + 4 * 14)
    const at = (names + Math.floor(index / 32)) * block + 32 * (index % 32)
    image.writeUInt32LE(12 + index, at)
    image.writeUInt16LE(index % 32 === 31 ? 32 : 32, at + 4)
    image.writeUInt8(4, at + 6)
    image.write(String(1000 + index), at + 8)
  }
  for (let index = 0; index < 256; index++)
    image.writeUInt32LE(index % 2 ? lower : upper, upper * block + 4 * index)
  return image
}

/** ReiserFS: a leaf with many items of names that are the same bytes of it. */
function reiserfsWithSharedItems(): Buffer {
  const [block, items, size] = [4096, 100, 1600]
  const image = reiserfsInCircles()
  image.writeUInt16LE(2, 0x10000 + 68)
  image.fill(0, 20 * block, 21 * block)
  const leaf = image.subarray(20 * block)
  leaf.writeUInt16LE(1, 0)
  leaf.writeUInt16LE(1 + items, 2)
  for (let index = 0; index <= items; index++) {
    const head = leaf.subarray(24 + 24 * index)
    head.writeUInt32LE(1, 0)
    head.writeUInt32LE(2, 4)
    head.writeUInt32LE(index, 8)
    if (index > 0) head.writeUInt32LE(3 << 28, 12)
    head.writeUInt16LE(index === 0 ? 0 : size / 16 - 1, 16)
    head.writeUInt16LE(index === 0 ? 44 : size, 18)
    head.writeUInt16LE(index === 0 ? 2452 : block - size, 20)
  }
  leaf.writeUInt16LE(0o40755, 2452)
  for (let index = 0; index < size / 16 - 1; index++) {
    leaf.writeUInt16LE(size - 8, block - size + 16 * index + 12)
    leaf.writeUInt16LE(4, block - size + 16 * index + 14)
  }
  return image
}

describe('structures that belong to more than one inode', () => {
  it('cost no more than a few times the image: directories of MINIX in the same blocks', () => {
    const { entries, problems } = collectFrom(minix, minixOf(200))
    expect(entries).toBe(201)
    expect(problems).toContainEqual(expect.objectContaining({ code: 'loop', message: SHARED }))
  })

  it('cost no more than a few times the image: pointers of QNX6 that lead to holes', () => {
    const { entries, problems } = collectFrom(qnx6, qnx6WithHoles())
    expect(entries).toBe(2)
    expect(problems).toContainEqual({ code: 'loop', message: expect.stringContaining(SHARED), path: 'file' })
  })

  it('cost no more than a few times the image: a tree of ReiserFS that is a few blocks', () => {
    const { entries, problems } = collectFrom(reiserfs, reiserfsInCircles())
    expect(entries).toBe(1)
    expect(problems).toContainEqual(expect.objectContaining({ code: 'loop', message: SHARED }))
  })

  it('give no names twice: items of ReiserFS that share bytes', () => {
    const { entries, problems } = collectFrom(reiserfs, reiserfsWithSharedItems())
    expect(entries).toBe(1)
    expect(problems).toContainEqual({ code: 'structure', message: 'items that share bytes', path: '' })
  })

  it('are paid for by the run where contents are read: addresses of ext that lead to holes', () => {
    const one = collectFrom(ext, extWithHoles(1))
    expect(one.problems).toContainEqual({ code: 'loop', message: SHARED, path: '1000' })
    expect(one.spent).toBeGreaterThan(0)
  })
})
