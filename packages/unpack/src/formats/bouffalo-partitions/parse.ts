import { type Bytes, cString, Reader } from '@messlatte/bytes'
import { crc32Of } from '../members.ts'

export const MAGIC = 'BFPT'
const HEADER = 16
/** Bytes of the header that its CRC covers. */
const COVERED = 12
const ENTRY = 36
const NAME = 9
const CRC = 4
const MOST = 64

/** One row, with both places that it may have: little endian. */
export interface BouffaloPartition {
  readonly name: string
  readonly type: number
  readonly device: number
  /** Which of the two places is in use. */
  readonly active: number
  /** Bytes from the start of the flash. */
  readonly places: readonly { readonly offset: number; readonly size: number }[]
  /** Bytes in use, where that is told. */
  readonly length: number
}

export interface BouffaloTable {
  readonly age: number
  readonly partitions: readonly BouffaloPartition[]
  readonly crcHolds: boolean
  readonly end: number
}

/** The table at `at`, or undefined: the CRC of its header has to hold. */
export function parseBouffaloTable(bytes: Bytes, at: number): BouffaloTable | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(4) !== MAGIC) return undefined
  reader.skip(2)
  const [count, age] = [reader.u16(), reader.u32()]
  if (count > MOST || crc32Of(bytes, at, COVERED) !== reader.u32()) return undefined
  const length = count * ENTRY
  const end = at + HEADER + length + CRC
  if (end > bytes.size) return undefined
  const rows = new Reader(bytes.view(at + HEADER, length + CRC), 'little')
  const partitions = Array.from({ length: count }, () => rowOf(rows))
  return { age, partitions, crcHolds: rows.u32() === crc32Of(bytes, at + HEADER, length), end }
}

function rowOf(reader: Reader): BouffaloPartition {
  const [type, device, active] = [reader.u8(), reader.u8(), reader.u8()]
  const name = cString(reader.take(NAME))
  const offsets = [reader.u32(), reader.u32()]
  const sizes = [reader.u32(), reader.u32()]
  const length = reader.u32()
  reader.skip(4)
  const places = offsets.map((offset, index) => ({ offset, size: sizes[index] as number }))
  return { name, type, device, active, places: places.filter(({ size }) => size > 0), length }
}
