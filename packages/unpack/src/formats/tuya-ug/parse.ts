import { type Bytes, cString, Reader } from '@messlatte/bytes'

export const MAGIC = '\x55\xaa\x55\xaa'
const TAIL = 0xaa55aa55
export const HEADER_BYTES = 32
/** The sum of the header covers what stands in front of it. */
const SUMMED = 24

/** Tuya's container for updates over the air: big endian, sums of bytes. Facts: ltchiptool, bk72xx. */
export interface UgHeader {
  /** Byte string. */
  readonly version: string
  /** Bytes behind the header. */
  readonly length: number
  /** Of all these bytes, modulo 2^32. */
  readonly sum: number
}

/** The header at `at`, or undefined: its own sum has to hold. */
export function parseUg(bytes: Bytes, at: number): UgHeader | undefined {
  if (at + HEADER_BYTES > bytes.size) return undefined
  const view = bytes.view(at, HEADER_BYTES)
  const reader = new Reader(view, 'big')
  if (reader.latin1(4) !== MAGIC) return undefined
  const [version, length, sum] = [cString(reader.take(12)), reader.u32(), reader.u32()]
  const own = view.subarray(0, SUMMED).reduce((total, byte) => total + byte, 0)
  return reader.u32() === own && reader.u32() === TAIL && length > 0 ? { version, length, sum } : undefined
}
