import { crc32 } from 'node:zlib'
import { type Bytes, Reader } from '@messlatte/bytes'

export const MAGIC = '\x31\x18\x10\x06'
const MAGIC_WORD = 0x06101831

/** Types of nodes (Linux, fs/ubifs/ubifs-media.h); everything is little endian. */
export const NODE = {
  inode: 0,
  data: 1,
  name: 2,
  attribute: 3,
  truncation: 4,
  padding: 5,
  superblock: 6,
  master: 7,
  reference: 8,
  index: 9,
  commit: 10,
} as const

/** Types in a key's upper three bits. A truncation has no key on the flash, but is filed under its inode like the others. */
export const KEY = { inode: 0, data: 1, name: 2, attribute: 3, truncation: 4 } as const

/** Bytes of the common header. */
export const HEADER = 24
const LENGTH_AT = 16
/** Bytes that hold most nodes whole: one of data that does not pack has 4096 and 48. */
const COMMON = 4144
const INODE = 160
const DATA = 48
const NAME = 56
/** Bytes of a key in a node, where it is followed by zeros, and in the index. */
const KEY_AT = HEADER
const BRANCHES_AT = 28
const BRANCH = 20
/** Bytes that one data node fills. */
export const DATA_BLOCK = 4096
/** No node is longer, in bytes. */
const MOST_NODE = 1024 * 1024
/** Nor is any node that the index may lead to: else many leaves that lead to a large one would take for ever. */
export const MOST_LEAF = 8192
/** Of any flash, in bytes; less is not allowed. */
const LEAST_BLOCK = 15 * 1024
const MOST_BLOCK = 16 * 1024 * 1024

/** A whole node whose CRC matches. */
export interface Node {
  readonly at: number
  readonly type: number
  /** Grows with each node that is written. */
  readonly sequence: number
  /** Nodes that count together or not at all: 1 says that more follow, 2 is the last one; 0 stands alone. */
  readonly group: number
  readonly content: Uint8Array
}

/** What a node belongs to: the inode (of the directory, for names), and the type and the hash or block below it. */
export interface Key {
  readonly inode: number
  readonly low: number
}

export interface Branch extends Key {
  readonly block: number
  readonly offset: number
}

/** CRC-32 that starts with all ones and is not inverted behind. */
function ubifsCrc(content: Uint8Array): number {
  return ~crc32(content) >>> 0
}

/** Length that the header at `at` tells, or undefined where no header is. */
export function nodeLength(bytes: Bytes, at: number): number | undefined {
  return at + HEADER <= bytes.size ? lengthIn(bytes.view(at, HEADER)) : undefined
}

function lengthIn(head: Uint8Array): number | undefined {
  const reader = new Reader(head, 'little')
  if (reader.u32() !== MAGIC_WORD) return undefined
  reader.at = LENGTH_AT
  const length = reader.u32()
  return length >= HEADER && length <= MOST_NODE ? length : undefined
}

/** The node at `at`, or undefined where none is whole and valid. */
export function readNode(bytes: Bytes, at: number, most = MOST_NODE): Node | undefined {
  const left = bytes.size - at
  if (left < HEADER) return undefined
  const head = bytes.view(at, Math.min(COMMON, left))
  const length = lengthIn(head)
  if (length === undefined || length > most || length > left) return undefined
  const content = length <= head.length ? head.subarray(0, length) : bytes.view(at, length)
  const reader = new Reader(content, 'little', 4)
  if (reader.u32() !== ubifsCrc(content.subarray(8))) return undefined
  const sequence = reader.size64()
  reader.skip(4)
  return { at, type: reader.u8(), sequence, group: reader.u8(), content }
}

export function keyOf({ content }: Node): Key {
  const reader = new Reader(content, 'little', KEY_AT)
  return { inode: reader.u32(), low: reader.u32() }
}

/** A key's second word: type, and hash or block. */
export function keyLow(type: number, rest = 0): number {
  return type * 2 ** 29 + rest
}

export function keyType(low: number): number {
  return low >>> 29
}

export function keyRest(low: number): number {
  return low & 0x1fff_ffff
}

/** Where things lie: in logical erase blocks. */
export interface Superblock {
  /** Bytes of one. */
  readonly blockSize: number
  readonly blocks: number
  readonly logBlocks: number
  /** Names and contents may be encrypted. */
  readonly encrypted: boolean
}

const ENCRYPTION = 0x10
/** One superblock, two masters, log, properties, orphans, and what they manage. */
const LEAST_BLOCKS = 8

export function readSuperblock(bytes: Bytes, at: number): Superblock | undefined {
  const node = readNode(bytes, at)
  if (node?.type !== NODE.superblock || node.content.length !== 4096) return undefined
  const reader = new Reader(node.content, 'little', HEADER + 3)
  const keyFormat = reader.u8()
  const flags = reader.u32()
  reader.skip(4)
  const [blockSize, blocks] = [reader.u32(), reader.u32()]
  reader.skip(12)
  const logBlocks = reader.u32()
  const fits =
    blockSize >= LEAST_BLOCK && blockSize <= MOST_BLOCK && blockSize % 8 === 0 && blocks >= LEAST_BLOCKS
  if (!fits || keyFormat !== 0 || logBlocks > blocks) return undefined
  return { blockSize, blocks, logBlocks, encrypted: (flags & ENCRYPTION) !== 0 }
}

/** Says where the index and the log begin. */
export interface Master {
  readonly commit: number
  readonly logBlock: number
  readonly root: { readonly block: number; readonly offset: number }
}

export function readMaster({ content }: Node): Master {
  const reader = new Reader(content, 'little', HEADER + 8)
  const commit = reader.size64()
  reader.skip(4)
  const [logBlock, block, offset] = [reader.u32(), reader.u32(), reader.u32()]
  return { commit, logBlock, root: { block, offset } }
}

/** @throws BytesError */
export function readCommit({ content }: Node): number {
  return new Reader(content, 'little', HEADER).size64()
}

/** Names a block of the journal, and where its new nodes begin. @throws BytesError */
export function readReference({ content }: Node): { readonly block: number; readonly offset: number } {
  const reader = new Reader(content, 'little', HEADER)
  return { block: reader.u32(), offset: reader.u32() }
}

/** An index node's level (0 leads to leaves) and branches; with authentication, each is followed by a hash. @throws BytesError */
export function readIndex({ content }: Node): {
  readonly level: number
  readonly branches: readonly Branch[]
} {
  const reader = new Reader(content, 'little', HEADER)
  const [count, level] = [reader.u16(), reader.u16()]
  const size = count === 0 ? BRANCH : Math.floor((content.length - BRANCHES_AT) / count)
  const branches: Branch[] = []
  for (let index = 0; size >= BRANCH && index < count; index++) {
    reader.at = BRANCHES_AT + index * size
    const [block, offset] = [reader.u32(), reader.u32()]
    reader.skip(4)
    branches.push({ block, offset, inode: reader.u32(), low: reader.u32() })
  }
  return { level, branches }
}

export interface Inode {
  /** Bytes. */
  readonly size: number
  readonly mtime: number
  readonly uid: number
  readonly gid: number
  /** Unix mode with its type bits. */
  readonly mode: number
  readonly flags: number
  /** Target of a link, number of a device, value of an attribute. */
  readonly data: Uint8Array
}

/** @throws BytesError */
export function readInode({ content }: Node): Inode {
  const reader = new Reader(content, 'little', 48)
  const size = reader.size64()
  reader.skip(16)
  const mtime = Number(BigInt.asIntN(64, reader.u64()))
  reader.skip(16)
  const [uid, gid, mode, flags] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const length = reader.u32()
  reader.at = INODE
  return { size, mtime, uid, gid, mode, flags, data: reader.take(length) }
}

export interface Name {
  /** 0 deletes the name. */
  readonly inode: number
  /** 1 is a directory. */
  readonly type: number
  /** Byte string. */
  readonly name: string
}

/** A name in a directory, or of an attribute. @throws BytesError */
export function readName({ content }: Node): Name {
  const reader = new Reader(content, 'little', 40)
  const inode = reader.size64()
  reader.skip(1)
  const type = reader.u8()
  const length = reader.u16()
  reader.at = NAME
  return { inode, type, name: reader.latin1(length) }
}

export interface Data {
  /** Decompressed, in bytes. */
  readonly size: number
  readonly compression: number
  readonly stored: Uint8Array
}

/** @throws BytesError */
export function readData({ content }: Node): Data {
  const reader = new Reader(content, 'little', 40)
  const [size, compression] = [reader.u32(), reader.u16()]
  reader.at = DATA
  return { size, compression, stored: reader.take(reader.left) }
}

/** @throws BytesError */
export function readTruncation({ content }: Node): { readonly inode: number; readonly size: number } {
  const reader = new Reader(content, 'little', HEADER)
  const inode = reader.u32()
  reader.skip(20)
  return { inode, size: reader.size64() }
}
