import { crc32 } from 'node:zlib'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'

export const EC_MAGIC = 'UBI#'
const VID_MAGIC = 'UBI!'
/** Bytes of either header; their CRC is their last word. */
export const HEADER = 64
/** Bytes of a record of the volume table. */
const RECORD = 172
const MOST_VOLUMES = 128
const MOST_NAME = 127
/** The volume that holds the volume table, in its blocks 0 and 1; ids from here on are internal. */
export const LAYOUT_VOLUME = 0x7fff_efff

/** Header at the start of each erase block, big endian (Linux, drivers/mtd/ubi/ubi-media.h). */
export interface EcHeader {
  /** From the start of the block, in bytes. */
  readonly vidAt: number
  readonly dataAt: number
  /** The same for all blocks of an image; 0 where nobody set it. */
  readonly imageSequence: number
}

/** Header that says which block of which volume lies here. */
export interface VidHeader {
  readonly volumeType: 'dynamic' | 'static'
  /** Made by wear-levelling: counts only when its data matches its CRC. */
  readonly copied: boolean
  readonly volume: number
  readonly block: number
  /** Bytes at the end of each block that the volume does not use. */
  readonly padding: number
  /** Bytes, of static volumes and of copies; with their CRC. */
  readonly dataSize: number
  readonly dataCrc: number
  /** Blocks of a static volume. */
  readonly usedBlocks: number
  /** The higher one of two that say that they are the same block counts. */
  readonly sequence: bigint
}

export interface VolumeRecord {
  readonly id: number
  /** Byte string. */
  readonly name: string
  readonly reservedBlocks: number
  /** Of the type static: its size is known, and it has CRCs. */
  readonly fixed: boolean
  /** An update of the volume was begun and did not end. */
  readonly updating: boolean
}

/** CRC-32 that starts with all ones and is not inverted behind. */
export function ubiCrc(content: Uint8Array): number {
  return ~crc32(content) >>> 0
}

/** The erase counter header at `at`, or undefined for what is none. */
export function readEcHeader(bytes: Bytes, at: number): EcHeader | undefined {
  const reader = checkedHeader(bytes, at, EC_MAGIC)
  if (!reader) return undefined
  reader.skip(11)
  const [vidAt, dataAt, imageSequence] = [reader.u32(), reader.u32(), reader.u32()]
  return vidAt >= HEADER && dataAt >= vidAt + HEADER ? { vidAt, dataAt, imageSequence } : undefined
}

/** The volume identifier header at `at`; `undefined` for what is none. */
export function readVidHeader(bytes: Bytes, at: number): VidHeader | undefined {
  const reader = checkedHeader(bytes, at, VID_MAGIC)
  if (!reader) return undefined
  const type = reader.u8()
  const copied = reader.u8() === 1
  reader.skip(1)
  const [volume, block] = [reader.u32(), reader.u32()]
  reader.skip(4)
  const [dataSize, usedBlocks, padding, dataCrc] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  reader.skip(4)
  const sequence = reader.u64()
  if (type !== 1 && type !== 2) return undefined
  const volumeType = type === 1 ? 'dynamic' : 'static'
  return { volumeType, copied, volume, block, padding, dataSize, dataCrc, usedBlocks, sequence }
}

/** Behind the magic and the version of a header whose CRC matches. */
function checkedHeader(bytes: Bytes, at: number, magic: string): Reader | undefined {
  if (at + HEADER > bytes.size) return undefined
  const view = bytes.view(at, HEADER)
  if (latin1(view.subarray(0, 4)) !== magic || view[4] === 0) return undefined
  const reader = new Reader(view, 'big', HEADER - 4)
  if (reader.u32() !== ubiCrc(view.subarray(0, HEADER - 4))) return undefined
  reader.at = 5
  return reader
}

/** The volumes that a copy of the volume table names; undefined where a record's CRC differs. */
export function readVolumeTable(table: Uint8Array): readonly VolumeRecord[] | undefined {
  const found: VolumeRecord[] = []
  for (let id = 0; id < Math.min(MOST_VOLUMES, Math.floor(table.length / RECORD)); id++) {
    const record = table.subarray(id * RECORD, (id + 1) * RECORD)
    const reader = new Reader(record, 'big', RECORD - 4)
    if (reader.u32() !== ubiCrc(record.subarray(0, RECORD - 4))) return undefined
    reader.at = 0
    const reservedBlocks = reader.u32()
    reader.skip(8)
    const fixed = reader.u8() === 2
    const updating = reader.u8() === 1
    const nameLength = Math.min(reader.u16(), MOST_NAME)
    if (reservedBlocks > 0)
      found.push({ id, name: reader.latin1(nameLength), reservedBlocks, fixed, updating })
  }
  return found
}
