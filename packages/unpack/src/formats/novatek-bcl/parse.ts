import { type Bytes, Reader } from '@messlatte/bytes'

export const MAGIC = 'BCL1'
export const HEADER = 16
const SUM_AT = 4
/** No camera of this kind has more memory for its program, packed or not. */
const MOST = 64 * 1024 * 1024

const PACKINGS = new Map<number, 'lz' | 'lzma' | 'zlib'>([
  [0x09, 'lz'],
  [0x0b, 'lzma'],
  [0x0c, 'zlib'],
])

/** NTKFWinfo.py, "BCL1 header": big endian, but for the checksum. */
export interface NovatekBcl {
  readonly packing: 'lz' | 'lzma' | 'zlib'
  /** Boot loaders have none. */
  readonly hasSum: boolean
  /** Bytes; fewer may come out: the rest of the partition is empty. */
  readonly plain: number
  /** Bytes. */
  readonly packed: number
}

export function parseNovatekBcl(bytes: Bytes, at: number): NovatekBcl | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  reader.at = SUM_AT
  const hasSum = reader.u16() !== 0
  const packing = PACKINGS.get(reader.u16())
  const [plain, packed] = [reader.u32(), reader.u32()]
  return packing && plain > 0 && plain <= MOST && packed > 1 && packed <= MOST
    ? { packing, hasSum, plain, packed }
    : undefined
}
