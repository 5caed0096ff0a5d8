import { FormatError } from '../../contract.ts'
import { IN_BOX } from './superblock.ts'
import { isBoxed, type Volume } from './volume.ts'

export type Layout = 'plain' | 'inline' | 'chunks' | 'full-index' | 'compact-index'

const LAYOUTS: readonly Layout[] = ['plain', 'full-index', 'inline', 'compact-index', 'chunks']

export interface Inode {
  readonly number: number
  readonly layout: Layout
  /** Unix mode with its type bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes. */
  readonly size: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** First block, a device, or how chunks are told. */
  readonly word: number
  /** Upper bits of the first block. */
  readonly wordHigh: number
  /** Where its attributes begin, in the area in which it lies. */
  readonly attributesAt: number
  /** Bytes. */
  readonly attributesSize: number
  /** Where what follows the attributes begins: a tail, chunks or an index. */
  readonly restAt: number
}

/** Inodes are numbered by so many bytes. */
export const INODE_UNIT = 32
const EXTENDED = 64
const DIRECTORY = 0o040000
const KNOWN_BITS = 0x1f
/** In `format`, for what is no directory: instead of the number of links, upper bits stand. */
const ONE_LINK = 0x10

/** @throws FormatError, DecodeError, BytesError */
export function readInode(volume: Volume, number: number): Inode {
  const { superblock } = volume
  const area = volume.areaOf(number)
  const at = isBoxed(number) ? (number - IN_BOX) * INODE_UNIT : superblock.metaAt + number * INODE_UNIT
  const reader = area.reader(at, INODE_UNIT)
  const format = reader.u16()
  const layout = LAYOUTS[(format >>> 1) & 7]
  if ((format & ~KNOWN_BITS) !== 0 || !layout)
    throw new FormatError('structure', `inode ${number} has the unknown format 0x${format.toString(16)}`)
  const count = reader.u16()
  const mode = reader.u16()
  const high = reader.u16()
  const attributesSize = count === 0 ? 0 : 12 + 4 * (count - 1)
  const common = { number, layout, mode, attributesSize }
  if ((format & 1) === 0) {
    const size = reader.u32()
    const mtime = superblock.epoch + reader.u32()
    const word = reader.u32()
    reader.skip(4)
    const [uid, gid] = [reader.u16(), reader.u16()]
    const attributesAt = at + INODE_UNIT
    const wordHigh = (format & ONE_LINK) !== 0 && (mode & 0o170000) !== DIRECTORY ? high : 0
    const restAt = attributesAt + attributesSize
    return { ...common, size, mtime, word, wordHigh, uid, gid, attributesAt, restAt }
  }
  const size = reader.size64()
  const word = reader.u32()
  reader.skip(4)
  const [uid, gid] = [reader.u32(), reader.u32()]
  const mtime = Number(BigInt.asIntN(64, area.reader(at + INODE_UNIT, EXTENDED - INODE_UNIT).u64()))
  const attributesAt = at + EXTENDED
  const restAt = attributesAt + attributesSize
  return { ...common, size, mtime, word, wordHigh: high, uid, gid, attributesAt, restAt }
}
