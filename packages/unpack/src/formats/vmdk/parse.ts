import { type Bytes, cString, Reader } from '@messlatte/bytes'

export const MAGIC = 'KDMV'
export const SECTOR = 512
const HEADER = 79
const MOST_GRAIN = 8 * 1024 * 1024
const MOST_DESCRIPTOR = 64 * 1024
/** Line ends, which a copy as text would have changed. */
const LINE_ENDS = '\n \r\n'
const [CHECKS_LINE_ENDS, HAS_ZEROS, PACKED, MARKED] = [1, 4, 0x1_0000, 0x2_0000] as const
const [UNPACKED, DEFLATE] = [0, 1] as const

/** Little endian; offsets are in sectors of 512 bytes from the start of the image. */
export interface Vmdk {
  /** Bytes of the disk, and of a grain. */
  readonly size: number
  readonly grain: number
  /** Grains of a table. */
  readonly perTable: number
  readonly descriptor: { readonly at: number; readonly length: number }
  readonly directoryAt: number
  /** Sectors before the first grain. */
  readonly overhead: number
  readonly isPacked: boolean
  /** Grains lie one behind the other, each behind a mark that tells where it belongs. */
  readonly isStream: boolean
  readonly hasZeros: boolean
}

/** @throws BytesError */
export function parseVmdk(bytes: Bytes, start: number): Vmdk | undefined {
  const reader = new Reader(bytes.view(start, HEADER), 'little')
  if (reader.latin1(4) !== MAGIC) return undefined
  const [version, flags] = [reader.u32(), reader.u32()]
  const [capacity, grainSectors] = [reader.size64(), reader.size64()]
  const descriptor = { at: reader.size64(), length: reader.size64() }
  const perTable = reader.u32()
  reader.skip(8)
  const [directoryAt, overhead] = [reader.size64(), reader.size64()]
  reader.skip(1)
  const lineEnds = reader.latin1(4)
  const method = reader.u16()
  const grain = grainSectors * SECTOR
  if (version < 1 || version > 3 || method > DEFLATE) return undefined
  if ((flags & CHECKS_LINE_ENDS) !== 0 && lineEnds !== LINE_ENDS) return undefined
  if (grain < 8 * SECTOR || grain > MOST_GRAIN || (grain & (grain - 1)) !== 0) return undefined
  if (!(capacity > 0) || !Number.isSafeInteger(capacity * SECTOR) || perTable < 1 || perTable > 65_536)
    return undefined
  if (!(overhead > 0 && Number.isFinite(overhead)) || !Number.isFinite(descriptor.at)) return undefined
  const isStream = (flags & PACKED) !== 0 && (flags & MARKED) !== 0
  if (!isStream && !Number.isFinite(directoryAt)) return undefined
  return {
    size: capacity * SECTOR,
    grain,
    perTable,
    descriptor,
    directoryAt,
    overhead,
    isPacked: method !== UNPACKED,
    isStream,
    hasZeros: (flags & HAS_ZEROS) !== 0,
  }
}

/** The text that tells what the disk is made of, where it stands in this file. */
export function descriptorOf(bytes: Bytes, start: number, { descriptor }: Vmdk): string | undefined {
  const at = start + descriptor.at * SECTOR
  const length = Math.min(descriptor.length * SECTOR, MOST_DESCRIPTOR, bytes.size - at)
  return descriptor.at > 0 && length > 0 ? cString(bytes.view(at, length)) : undefined
}
