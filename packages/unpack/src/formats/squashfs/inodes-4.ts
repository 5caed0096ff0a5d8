import type { Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { deviceOfNumber } from '../members.ts'
import { checkedTarget, countBlocks, type Inode, type InodeBase, NO_XATTR } from './inode.ts'
import type { Cursor } from './metadata.ts'

/** Reads the inode of version 4 at the cursor; types 8 to 14 are the extended ones. */
export function readInode4(cursor: Cursor, blockSize: number): Inode {
  const head = cursor.reader(16)
  const type = head.u16()
  const base = {
    mode: head.u16() & 0o7777,
    uidIndex: head.u16(),
    gidIndex: head.u16(),
    mtime: head.u32(),
    number: head.u32(),
  }
  switch (type) {
    case 1:
      return smallDirectory(cursor.reader(16), base)
    case 2:
      return smallFile(cursor, base, blockSize)
    case 3:
    case 10:
      return symlink(cursor, base, type === 10)
    case 4:
    case 5:
    case 11:
    case 12:
      return device(cursor, base, type)
    case 6:
    case 7:
    case 13:
    case 14:
      return pipe(cursor, base, type)
    case 8:
      return largeDirectory(cursor.reader(24), base)
    case 9:
      return largeFile(cursor, base, blockSize)
    default:
      throw new FormatError('structure', `inode ${base.number} has the unknown type ${type}`)
  }
}

function smallDirectory(reader: Reader, base: InodeBase): Inode {
  const block = reader.u32()
  const links = reader.u32()
  const size = reader.u16()
  return { ...base, type: 'directory', links, xattr: NO_XATTR, block, size, offset: reader.u16() }
}

function largeDirectory(reader: Reader, base: InodeBase): Inode {
  const links = reader.u32()
  const size = reader.u32()
  const block = reader.u32()
  reader.skip(6)
  const offset = reader.u16()
  return { ...base, type: 'directory', links, size, block, offset, xattr: reader.u32() }
}

function smallFile(cursor: Cursor, base: InodeBase, blockSize: number): Inode {
  const reader = cursor.reader(16)
  const start = reader.u32()
  const fragment = reader.u32()
  const fragmentOffset = reader.u32()
  const size = reader.u32()
  const sizeWords = readSizeWords(cursor, size, fragment, blockSize)
  return {
    ...base,
    type: 'file',
    links: 1,
    xattr: NO_XATTR,
    start,
    fragment,
    fragmentOffset,
    size,
    sizeWords,
  }
}

function largeFile(cursor: Cursor, base: InodeBase, blockSize: number): Inode {
  const reader = cursor.reader(40)
  const start = reader.size64()
  const size = reader.size64()
  reader.skip(8)
  const links = reader.u32()
  const fragment = reader.u32()
  const fragmentOffset = reader.u32()
  const xattr = reader.u32()
  const sizeWords = readSizeWords(cursor, size, fragment, blockSize)
  return { ...base, type: 'file', links, xattr, start, fragment, fragmentOffset, size, sizeWords }
}

function readSizeWords(cursor: Cursor, size: number, fragment: number, blockSize: number): readonly number[] {
  const blocks = countBlocks(size, fragment, blockSize)
  const reader = cursor.reader(blocks * 4)
  return Array.from({ length: blocks }, () => reader.u32())
}

function symlink(cursor: Cursor, base: InodeBase, extended: boolean): Inode {
  const reader = cursor.reader(8)
  const links = reader.u32()
  const length = checkedTarget(reader.u32())
  const target = cursor.reader(length).latin1(length)
  return { ...base, type: 'symlink', links, target, xattr: extended ? cursor.reader(4).u32() : NO_XATTR }
}

function device(cursor: Cursor, base: InodeBase, type: 4 | 5 | 11 | 12): Inode {
  const extended = type > 7
  const reader = cursor.reader(extended ? 12 : 8)
  const links = reader.u32()
  const number = reader.u32()
  return {
    ...base,
    type: type === 4 || type === 11 ? 'block' : 'character',
    links,
    ...deviceOfNumber(number),
    xattr: extended ? reader.u32() : NO_XATTR,
  }
}

function pipe(cursor: Cursor, base: InodeBase, type: 6 | 7 | 13 | 14): Inode {
  const extended = type > 7
  const reader = cursor.reader(extended ? 8 : 4)
  return {
    ...base,
    type: type === 6 || type === 13 ? 'fifo' : 'socket',
    links: reader.u32(),
    xattr: extended ? reader.u32() : NO_XATTR,
  }
}
