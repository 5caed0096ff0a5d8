import { Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { isSound } from './superblock.ts'
import { u16At, u32At, u64At, type Volume } from './volume.ts'

/** How a fork of an inode tells what it holds. */
export type Fork =
  | { readonly kind: 'local'; readonly data: Uint8Array }
  | { readonly kind: 'extents'; readonly data: Uint8Array; readonly count: number }
  | { readonly kind: 'tree'; readonly data: Uint8Array }
  | { readonly kind: 'other'; readonly data: Uint8Array }

export interface Inode {
  readonly number: number
  /** Unix mode with its type bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes. */
  readonly size: number
  /** Seconds since 1970. */
  readonly mtime: number
  readonly content: Fork
  readonly attributes: Fork | undefined
  /** True where its content lies on a device of its own. */
  readonly isRealtime: boolean
  /** Whether its own checksum is right; undefined where it has none. */
  readonly sound: boolean | undefined
}

const MAGIC = 0x494e
const CORE = { old: 100, new: 176 } as const
const CRC_AT = 100
const FLAGS2 = { bigTime: 0x8, manyExtents: 0x10 } as const
const REALTIME = 0x1
const BIG_TIME_BEGINS = 2 ** 31
const NANOSECONDS = 1e9

/** @throws FormatError, BytesError */
export function readInode(volume: Volume, number: number): Inode {
  const record = volume.inodeRecord(number)
  const version = record[4] as number
  if (u16At(record, 0) !== MAGIC || version < 1 || version > 3)
    throw new FormatError('structure', `inode ${number} is none`)
  const isNew = version === 3
  if (isNew && u64At(record, 152) !== number)
    throw new FormatError('structure', `where inode ${number} should stand, another one does`)
  const flags2 = isNew ? u32At(record, 124) : 0
  const core = isNew ? CORE.new : CORE.old
  const forkAt = core + (record[82] as number) * 8
  const hasAttributes = forkAt > core && forkAt < record.length
  const many = (flags2 & FLAGS2.manyExtents) !== 0
  return {
    number,
    mode: u16At(record, 2),
    uid: u32At(record, 8),
    gid: u32At(record, 12),
    size: u64At(record, 56),
    mtime: (flags2 & FLAGS2.bigTime) !== 0 ? bigTime(record, 40) : new Reader(record, 'big', 40).i32(),
    content: forkOf(
      record[5] as number,
      record.subarray(core, hasAttributes ? forkAt : record.length),
      many ? u64At(record, 24) : u32At(record, 76),
    ),
    attributes: hasAttributes
      ? forkOf(record[83] as number, record.subarray(forkAt), many ? u32At(record, 76) : u16At(record, 80))
      : undefined,
    isRealtime: (u16At(record, 90) & REALTIME) !== 0,
    sound: isNew ? isSound(record, CRC_AT) : undefined,
  }
}

function bigTime(record: Uint8Array, at: number): number {
  return Math.floor(Number(new Reader(record, 'big', at).u64()) / NANOSECONDS) - BIG_TIME_BEGINS
}

function forkOf(format: number, data: Uint8Array, count: number): Fork {
  switch (format) {
    case 1:
      return { kind: 'local', data }
    case 2:
      return { kind: 'extents', data, count }
    case 3:
      return { kind: 'tree', data }
    default:
      return { kind: 'other', data }
  }
}
