import { Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { deviceOfNumber } from '../members.ts'
import { type Run, runOf } from './superblock.ts'

export const INODE = 512
/** What of an inode depends on its kind begins here: the root of a tree, or what of a link or a device there is. */
export const TREE_AT = 224
export const INLINE_AT = 256
const INLINE_ATTRIBUTES_AT = 384
const [IN_INODE, IN_EXTENT] = [0x40, 0x20]
const MOST_ATTRIBUTES = 64 * 1024

export interface Inode {
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes. */
  readonly size: number
  readonly mtime: number
  /** Of devices: 12 bits of the major number between two parts of the minor one. */
  readonly device: { readonly major: number; readonly minor: number }
  /** Where its extended attributes lie. */
  readonly attributes: Uint8Array | { readonly size: number; readonly run: Run } | undefined
  readonly view: Uint8Array
}

/** Linux, fs/jfs/jfs_dinode.h. @throws FormatError for a number that is another one's */
export function parseInode(view: Uint8Array, number: number): Inode {
  const reader = new Reader(view, 'little', 8)
  if (reader.u32() !== number) throw new FormatError('structure', `no inode ${number}`)
  reader.at = 24
  const size = reader.size64()
  reader.at = 40
  const links = reader.u32()
  const [uid, gid, mode] = [reader.u32(), reader.u32(), reader.u32()]
  if (links === 0) throw new FormatError('structure', `inode ${number} is not in use`)
  reader.at = 72
  const mtime = reader.u32()
  const device = new Reader(view, 'little', INLINE_AT).u32()
  return {
    mode: mode & 0xffff,
    uid,
    gid,
    size,
    mtime,
    device: deviceOfNumber(device),
    attributes: attributesOf(view),
    view,
  }
}

function attributesOf(view: Uint8Array): Inode['attributes'] {
  const reader = new Reader(view, 'little', 104)
  const flags = reader.u8()
  reader.skip(3)
  const size = reader.u32()
  if (size < 4 || size > MOST_ATTRIBUTES) return undefined
  if ((flags & IN_INODE) !== 0) return view.subarray(INLINE_ATTRIBUTES_AT, INLINE_ATTRIBUTES_AT + size)
  return (flags & IN_EXTENT) !== 0 ? { size, run: runOf(reader) } : undefined
}

/** Behind the size of all: flags, lengths, a name with its NUL, a value. */
export function attributeList(list: Uint8Array): Record<string, string> {
  const found: Record<string, string> = {}
  for (let at = 4; at + 4 <= list.length; ) {
    const reader = new Reader(list, 'little', at + 1)
    const [nameLength, valueLength] = [reader.u8(), reader.u16()]
    const end = at + 5 + nameLength + valueLength
    if (nameLength === 0 || end > list.length) break
    const name = reader.latin1(nameLength)
    found[name] = Buffer.from(list.subarray(end - valueLength, end)).toString('hex')
    at = end
  }
  return found
}
