import { type Bytes, Reader } from '@messlatte/bytes'

/** The GUID {D6012E07-10BC-4F91-B28A-352F82261A50}. */
export const MAGIC = '\x07\x2e\x01\xd6\xbc\x10\x91\x4f\xb2\x8a\x35\x2f\x82\x26\x1a\x50'
const VERSION = 0x16071515
const FIXED = 0x28
const ENTRY = 12
const MOST_PARTITIONS = 256

/** Novatek SDK, nvtpack.h (`NVTPACK_FW_HDR2`): little endian. */
export interface NovatekPack {
  /** Bytes of the whole. */
  readonly size: number
  readonly partitions: readonly NovatekPartition[]
}

export interface NovatekPartition {
  /** Place in the layout that the device tree tells. */
  readonly id: number
  /** From the start of the pack. */
  readonly offset: number
  /** Bytes. */
  readonly size: number
}

/** The pack at `at`, or undefined: all its partitions have to lie within, behind the table. */
export function parseNovatekPack(bytes: Bytes, at: number): NovatekPack | undefined {
  if (at + FIXED > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FIXED), 'little')
  if (reader.latin1(16) !== MAGIC || reader.u32() !== VERSION) return undefined
  const [headerBytes, count, size] = [reader.u32(), reader.u32(), reader.u32()]
  const tableEnd = headerBytes + count * ENTRY
  if (count === 0 || count > MOST_PARTITIONS || headerBytes < FIXED || headerBytes > 4096) return undefined
  if (tableEnd > size || at + tableEnd > bytes.size) return undefined
  const table = new Reader(bytes.view(at + headerBytes, count * ENTRY), 'little')
  const partitions = Array.from({ length: count }, () => ({
    offset: table.u32(),
    size: table.u32(),
    id: table.u32(),
  }))
  return partitions.every((it) => it.offset >= tableEnd && it.offset + it.size <= size)
    ? { size, partitions }
    : undefined
}
