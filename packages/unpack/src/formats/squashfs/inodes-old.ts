import type { Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { checkedTarget, countBlocks, type Inode, NO_FRAGMENT, NO_XATTR } from './inode.ts'
import type { Cursor } from './metadata.ts'
import { packedPair, unsigned } from './packed.ts'

type OldVersion = 1 | 2 | 3

/** Type numbers, the same in versions 2 and 3; version 1 has the first five of them. */
const DIRECTORY = 1
const FILE = 2
const SYMLINK = 3
const BLOCK_DEVICE = 4
const CHARACTER_DEVICE = 5
const FIFO = 6
const SOCKET = 7
const LONG_DIRECTORY = 8
const LONG_FILE = 9

/** Version 1 puts the upper part of the user's index into the type: so many types, and so many users for each. */
const TYPES_1 = 5
const USERS_1 = 16
/** A group's index that stands for the user's number. */
const SAME_AS_USER = { 1: 15, 2: 255, 3: 255 } as const

interface Head {
  readonly type: number
  readonly base: Base
}

interface Base {
  readonly mode: number
  readonly uidIndex: number
  readonly gidIndex: number | undefined
  readonly mtime: number | undefined
  readonly number: number
  readonly links: number
  readonly xattr: number
}

/**
 * Reads the inode of version 1, 2 or 3 at the cursor.
 * @param reference where it lies: versions 1 and 2 do not number their inodes, so that this takes the number's place
 */
export function readOldInode(
  cursor: Cursor,
  version: OldVersion,
  reference: number,
  blockSize: number,
): Inode {
  const { type, base } = version === 1 ? readHead1(cursor, reference) : readHead(cursor, version, reference)
  // Only the directories and files of version 3 say how many names they have before anything else.
  const links = version === 3 && type !== FILE ? cursor.reader(4).u32() : base.links
  switch (type) {
    case DIRECTORY:
    case LONG_DIRECTORY:
      return directory(cursor, version, type === LONG_DIRECTORY, { ...base, links })
    case FILE:
    case LONG_FILE:
      return file(cursor, version, type === LONG_FILE, { ...base, links }, blockSize)
    case SYMLINK: {
      const length = checkedTarget(cursor.reader(2).u16())
      return { ...base, type: 'symlink', links, target: cursor.reader(length).latin1(length) }
    }
    case BLOCK_DEVICE:
    case CHARACTER_DEVICE: {
      const number = cursor.reader(2).u16()
      const kind = type === BLOCK_DEVICE ? 'block' : 'character'
      return { ...base, type: kind, links, major: number >>> 8, minor: number & 0xff }
    }
    case FIFO:
      return { ...base, type: 'fifo', links }
    case SOCKET:
      return { ...base, type: 'socket', links }
    default:
      throw new FormatError('structure', `an inode has the unknown type ${type}`)
  }
}

function readHead(cursor: Cursor, version: 2 | 3, reference: number): Head {
  const reader = cursor.reader(version === 2 ? 4 : 12)
  const [type, mode] = packedPair(reader, 2, 4)
  const owner = { uidIndex: reader.u8(), gidIndex: group(reader.u8(), version) }
  const own =
    version === 3
      ? { mtime: reader.u32(), number: reader.u32(), links: 1 }
      : { mtime: undefined, number: reference, links: 2 }
  return { type, base: { mode, ...owner, ...own, xattr: NO_XATTR } }
}

function readHead1(cursor: Cursor, reference: number): Head {
  const reader = cursor.reader(3)
  const [stored, mode] = packedPair(reader, 2, 4)
  const [user, gid] = packedPair(reader, 1, 4)
  const [type, bank] =
    stored === 0
      ? packedPair(cursor.reader(1), 1, 4)
      : [((stored - 1) % TYPES_1) + 1, Math.floor((stored - 1) / TYPES_1)]
  const base = {
    mode,
    uidIndex: bank * USERS_1 + user,
    gidIndex: group(gid, 1),
    mtime: undefined,
    number: reference,
    links: 2,
    xattr: NO_XATTR,
  }
  return { type, base }
}

function group(index: number, version: OldVersion): number | undefined {
  return index === SAME_AS_USER[version] ? undefined : index
}

function directory(cursor: Cursor, version: OldVersion, long: boolean, base: Base): Inode {
  const sizes = cursor.reader(long ? 5 : 4)
  const [size, offset] = packedPair(sizes, sizes.left, long ? 27 : 19)
  if (version === 3) return { ...base, type: 'directory', size, offset, block: cursor.reader(4).u32() }
  const mtime = cursor.reader(4).u32()
  return { ...base, type: 'directory', size, offset, mtime, block: unsigned(cursor.reader(3), 3) }
}

function file(cursor: Cursor, version: OldVersion, long: boolean, base: Base, blockSize: number): Inode {
  const mtime = version === 3 ? base.mtime : cursor.reader(4).u32()
  const start = version === 3 ? cursor.reader(8).size64() : cursor.reader(4).u32()
  const fragment = version === 1 ? NO_FRAGMENT : cursor.reader(4).u32()
  const fragmentOffset = version === 1 ? 0 : cursor.reader(4).u32()
  const size = long ? cursor.reader(8).size64() : cursor.reader(4).u32()
  const blocks = countBlocks(size, fragment, blockSize)
  const words = cursor.reader(blocks * (version === 1 ? 2 : 4))
  const sizeWords = Array.from({ length: blocks }, () => (version === 1 ? sizeWord1(words) : words.u32()))
  return { ...base, type: 'file', mtime, start, fragment, fragmentOffset, size, sizeWords }
}

/** Version 1 has 16 bits for a block's size, the upper one of which says that it is stored as it is; no size is all sizes. */
function sizeWord1(words: Reader): number {
  const word = words.u16()
  const size = word & 0x7fff || 0x8000
  return size | ((word & 0x8000) << 9)
}
