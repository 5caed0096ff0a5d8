import { crc32c } from '../crc32c.ts'
import { u16At, u32At, type Volume } from './volume.ts'

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
  readonly links: number
  readonly flags: number
  /** Units of 512 bytes, or of a block. */
  readonly blocks: number
  /** 60 bytes: where the content lies, or a short content itself. */
  readonly map: Uint8Array
  /** What stands behind the fixed fields: attributes. */
  readonly extra: Uint8Array
  /** Block of attributes; 0 where there is none. */
  readonly attributes: number
  /** Where the checksums of its blocks begin. */
  readonly seed: number
  /** Whether its own checksum is right; undefined where it has none. */
  readonly sound: boolean | undefined
}

export const FLAG = {
  compressed: 0x4,
  encrypted: 0x800,
  index: 0x1000,
  extents: 0x8_0000,
  verity: 0x10_0000,
  inline: 0x1000_0000,
} as const

/** Of the fields that every inode has, in bytes. */
const FIXED = 128
const LOW_SUM_AT = 0x7c
const HIGH_SUM_AT = 0x82
const REGULAR = 0o100000
const TYPE = 0o170000
const DIRECTORY = 0o040000

/** @throws FormatError, BytesError */
export function readInode(volume: Volume, number: number): Inode {
  const record = volume.inodeRecord(number)
  const extraSize = record.length > FIXED ? u16At(record, 0x80) : 0
  const has = (end: number) => record.length >= end && FIXED + extraSize >= end
  const mode = u16At(record, 0)
  const type = mode & TYPE
  const large = type === REGULAR || type === DIRECTORY
  const seconds = u32At(record, 0x10) | 0
  const seed = volume.hasChecksums ? seedOf(volume, number, record) : 0
  return {
    number,
    mode,
    uid: u16At(record, 0x2) + u16At(record, 0x78) * 0x1_0000,
    gid: u16At(record, 0x18) + u16At(record, 0x7a) * 0x1_0000,
    size: u32At(record, 0x4) + (large ? u32At(record, 0x6c) * 2 ** 32 : 0),
    mtime: seconds + (has(0x8c) ? (u32At(record, 0x88) & 3) * 2 ** 32 : 0),
    links: u16At(record, 0x1a),
    blocks: u32At(record, 0x1c) + u16At(record, 0x74) * 2 ** 32,
    flags: u32At(record, 0x20),
    map: record.subarray(0x28, 0x64),
    extra: record.subarray(Math.min(record.length, FIXED + extraSize)),
    attributes: u32At(record, 0x68) + u16At(record, 0x76) * 2 ** 32,
    seed,
    sound: volume.hasChecksums ? isSound(record, seed, has(HIGH_SUM_AT + 2)) : undefined,
  }
}

function seedOf(volume: Volume, number: number, record: Uint8Array): number {
  const own = crc32c(new Uint8Array(Uint32Array.of(number).buffer), volume.superblock.seed)
  return crc32c(record.subarray(0x64, 0x68), own)
}

/** The checksum is over the record without the checksum. */
function isSound(record: Uint8Array, seed: number, whole: boolean): boolean {
  const copy = Uint8Array.from(record)
  copy.fill(0, LOW_SUM_AT, LOW_SUM_AT + 2)
  if (whole) copy.fill(0, HIGH_SUM_AT, HIGH_SUM_AT + 2)
  const sum = crc32c(copy, seed)
  const low = u16At(record, LOW_SUM_AT)
  return whole ? sum === low + u16At(record, HIGH_SUM_AT) * 0x1_0000 : (sum & 0xffff) === low
}
