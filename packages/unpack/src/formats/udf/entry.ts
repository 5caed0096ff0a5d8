import { Reader } from '@messlatte/bytes'
import { type EntryType, FormatError } from '../../contract.ts'
import { secondsOf } from './time.ts'

/** Kinds of files (ECMA-167, section 4/14.6.6; UDF 2.60, section 2.3.5.2). 249 is for files that are read in real time. */
const TYPES: Readonly<Record<number, EntryType>> = {
  0: 'file',
  4: 'directory',
  5: 'file',
  6: 'block',
  7: 'character',
  9: 'fifo',
  10: 'socket',
  12: 'symlink',
  248: 'file',
  249: 'file',
  250: 'file',
  251: 'file',
}
const DEVICE = 12
const MOST_ATTRIBUTES = 64

/** What stands at other places in entries and in extended ones. */
const PLACES = {
  plain: { modified: 84, lengths: 168 },
  extended: { modified: 92, lengths: 208 },
} as const

export interface FileEntry {
  readonly type: EntryType | undefined
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtime: number | undefined
  /** Bytes. */
  readonly size: number
  readonly device: { readonly major: number; readonly minor: number } | undefined
  /** How the descriptors of its extents are laid out; `inside` is the content itself. */
  readonly extents: 'short' | 'long' | 'extended' | 'inside'
  /** Those descriptors, or the content. */
  readonly where: Uint8Array
  /** Bytes of the block before them. */
  readonly whereAt: number
}

/** @param block with a file entry or an extended one (ECMA-167, sections 4/14.9 and 4/14.17) @throws FormatError, BytesError */
export function parseEntry(block: Uint8Array, isExtended: boolean): FileEntry {
  const { modified, lengths } = PLACES[isExtended ? 'extended' : 'plain']
  const reader = new Reader(block, 'little', 27)
  const type = reader.u8()
  reader.at = 34
  const flags = reader.u16()
  const [uid, gid, permissions] = [reader.u32(), reader.u32(), reader.u32()]
  reader.at = 56
  const size = reader.size64()
  reader.at = modified
  const mtime = secondsOf(reader)
  reader.at = lengths
  const [attributes, length] = [reader.u32(), reader.u32()]
  const whereAt = lengths + 8 + attributes
  if (!(size <= Number.MAX_SAFE_INTEGER) || whereAt + length > block.length)
    throw new FormatError('structure', 'an entry of a file that does not fit into its block')
  return {
    type: TYPES[type],
    mode: modeOf(permissions) | ((flags & 0x40) << 5) | ((flags & 0x80) << 3) | ((flags & 0x100) << 1),
    uid: uid === 0xffff_ffff ? 0 : uid,
    gid: gid === 0xffff_ffff ? 0 : gid,
    mtime,
    size,
    device: deviceOf(block.subarray(lengths + 8, whereAt)),
    extents: (['short', 'long', 'extended', 'inside'] as const)[flags & 3] as FileEntry['extents'],
    where: block.subarray(whereAt, whereAt + length),
    whereAt,
  }
}

/** Five bits for others, the group and the owner: execute, write, read, and two that Unix does not have. */
function modeOf(permissions: number): number {
  return (permissions & 7) | ((permissions >>> 2) & 0o70) | ((permissions >>> 4) & 0o700)
}

/** Attributes stand behind a header of 24 bytes, each with its kind and its length. */
function deviceOf(attributes: Uint8Array): FileEntry['device'] {
  for (let at = 24, count = 0; at + 24 <= attributes.length && count < MOST_ATTRIBUTES; count++) {
    const reader = new Reader(attributes, 'little', at)
    const kind = reader.u32()
    reader.skip(4)
    const length = reader.u32()
    reader.skip(4)
    if (kind === DEVICE) return { major: reader.u32(), minor: reader.u32() }
    if (length < 12) return undefined
    at += length
  }
  return undefined
}
