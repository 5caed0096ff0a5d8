import { crc32 } from 'node:zlib'
import { type Bytes, type Endian, Reader } from '@messlatte/bytes'

/** Bytes of a node's common header, of an inode node and of a directory entry without what follows them. */
export const HEADER = 12
export const INODE = 68
export const DIRENT = 40
const XATTR = 32
const XREF = 28

/** Types of nodes, with the bit that says that the node is valid. */
export const NODE = {
  dirent: 0xe001,
  inode: 0xe002,
  cleanmarker: 0x2003,
  padding: 0x2004,
  summary: 0x2006,
  xattr: 0xe008,
  xref: 0xe009,
} as const

/** Cleared on the flash when a node becomes obsolete; the CRC is over the type with it. */
const ACCURATE = 0x2000
/** No kernel has larger pages, and a compressed node holds a page at most. Bytes. */
const MOST_COMPRESSED = 64 * 1024

/** The common header of all nodes (Linux, include/uapi/linux/jffs2.h). */
export interface NodeHeader {
  readonly at: number
  readonly type: number
  /** The flash's driver marked it as replaced. */
  readonly obsolete: boolean
  /** Bytes of the whole node; the next one begins at a multiple of 4. */
  readonly length: number
}

/** A part of a file, with the state of its inode at that time. */
export interface InodeNode {
  readonly inode: number
  readonly version: number
  /** Unix mode with its type bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes of the whole file. */
  readonly fileSize: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** Where the part lies in the file, and how much it is: stored, and decompressed. Bytes. */
  readonly offset: number
  readonly stored: number
  readonly size: number
  readonly compression: number
  readonly dataCrc: number
}

/** A name; an inode of 0 deletes it. */
export interface DirentNode {
  readonly parent: number
  readonly version: number
  readonly inode: number
  /** Seconds since 1970: when its directory was changed by it. */
  readonly mtime: number
  /** As in readdir(3): 4 is a directory. */
  readonly type: number
  readonly name: Uint8Array
}

/** Why a node does not count. */
export type NodeFault = 'checksum' | 'structure'

/** CRC-32 as Linux' `crc32(0, …)`: neither inverted before nor behind. */
export function jffs2Crc(content: Uint8Array): number {
  return ~crc32(content, 0xffff_ffff) >>> 0
}

/** The byte order of the node whose magic stands at `at`. */
export function endianAt(bytes: Bytes, at: number): Endian | undefined {
  if (at + HEADER > bytes.size) return undefined
  const magic = bytes.view(at, 2)
  if (isMagic(magic, 0, 'little')) return 'little'
  return isMagic(magic, 0, 'big') ? 'big' : undefined
}

/** 0x1985, and 0x1984, which the first images had (JFFS2_OLD_MAGIC_BITMASK). */
export function isMagic(view: Uint8Array, at: number, endian: Endian): boolean {
  const [low, high] = endian === 'little' ? [view[at], view[at + 1]] : [view[at + 1], view[at]]
  return high === 0x19 && (low === 0x85 || low === 0x84)
}

/** The header at `at`, or undefined where none is whole; whether all of the node is there is not looked at. */
export function readHeader(bytes: Bytes, at: number, endian: Endian): NodeHeader | undefined {
  if (endianAt(bytes, at) !== endian) return undefined
  const view = bytes.view(at, HEADER)
  const reader = new Reader(view, endian, 2)
  const type = reader.u16()
  const length = reader.u32()
  const checked = Buffer.from(view.subarray(0, 8))
  checked[endian === 'little' ? 3 : 2] = (type | ACCURATE) >>> 8
  if (jffs2Crc(checked) !== reader.u32() || length < HEADER) return undefined
  return { at, type: type | ACCURATE, obsolete: (type & ACCURATE) === 0, length }
}

/** The inode node of that header, up to its data. @throws BytesError */
export function readInode(bytes: Bytes, header: NodeHeader, endian: Endian): InodeNode | NodeFault {
  if (header.length < INODE) return 'structure'
  const view = bytes.view(header.at, INODE)
  const reader = new Reader(view, endian, HEADER)
  const [inode, version, mode, uid, gid] = [
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u16(),
    reader.u16(),
  ]
  const fileSize = reader.u32()
  reader.skip(4)
  const mtime = reader.u32()
  reader.skip(4)
  const [offset, stored, size] = [reader.u32(), reader.u32(), reader.u32()]
  const compression = reader.u8()
  reader.skip(3)
  const dataCrc = reader.u32()
  if (jffs2Crc(view.subarray(0, INODE - 8)) !== reader.u32()) return 'checksum'
  const most = compression === 0 ? stored : compression === 1 ? size : MOST_COMPRESSED
  if (stored > header.length - INODE || size > most) return 'structure'
  return {
    inode,
    version,
    mode,
    uid,
    gid,
    fileSize,
    mtime,
    offset,
    stored,
    size,
    compression,
    dataCrc,
  }
}

/** The directory entry of that header. @throws BytesError */
export function readDirent(bytes: Bytes, header: NodeHeader, endian: Endian): DirentNode | NodeFault {
  if (header.length < DIRENT) return 'structure'
  const view = bytes.view(header.at, DIRENT)
  const reader = new Reader(view, endian, HEADER)
  const [parent, version, inode, mtime] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const [nameLength, type] = [reader.u8(), reader.u8()]
  reader.skip(2)
  if (jffs2Crc(view.subarray(0, DIRENT - 8)) !== reader.u32()) return 'checksum'
  if (nameLength > header.length - DIRENT) return 'structure'
  const name = bytes.view(header.at + DIRENT, nameLength)
  return jffs2Crc(name) === reader.u32() ? { parent, version, inode, mtime, type, name } : 'checksum'
}

/** An extended attribute; which inodes have it is told by references. */
export interface XattrNode {
  readonly id: number
  readonly version: number
  readonly prefix: number
  readonly name: Uint8Array
  readonly value: Uint8Array
}

export function readXattr(bytes: Bytes, header: NodeHeader, endian: Endian): XattrNode | NodeFault {
  if (header.length < XATTR) return 'structure'
  const view = bytes.view(header.at, XATTR)
  const reader = new Reader(view, endian, HEADER)
  const [id, version] = [reader.u32(), reader.u32()]
  const [prefix, nameLength, valueLength] = [reader.u8(), reader.u8(), reader.u16()]
  const dataCrc = reader.u32()
  if (jffs2Crc(view.subarray(0, XATTR - 4)) !== reader.u32()) return 'checksum'
  // A NUL stands between the name and the value.
  if (nameLength + 1 + valueLength > header.length - XATTR) return 'structure'
  const data = bytes.view(header.at + XATTR, nameLength + 1 + valueLength)
  if (jffs2Crc(data) !== dataCrc) return 'checksum'
  return { id, version, prefix, name: data.subarray(0, nameLength), value: data.subarray(nameLength + 1) }
}

/** Says that an inode has an attribute; the highest sequence number counts, and an odd one takes it away. */
export interface XrefNode {
  readonly inode: number
  readonly id: number
  readonly sequence: number
}

export function readXref(bytes: Bytes, header: NodeHeader, endian: Endian): XrefNode | NodeFault {
  if (header.length < XREF) return 'structure'
  const view = bytes.view(header.at, XREF)
  const reader = new Reader(view, endian, HEADER)
  const [inode, id, sequence] = [reader.u32(), reader.u32(), reader.u32()]
  return jffs2Crc(view.subarray(0, XREF - 4)) === reader.u32() ? { inode, id, sequence } : 'checksum'
}
