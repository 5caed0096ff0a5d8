import { type Bytes, type Endian, Reader } from '@messlatte/bytes'

export const MAGIC = '--PaCkImGs--'
/** Bytes: the magic, four that are zero, a length, and zeros. */
export const HEADER = 32

/** Bytes behind the header; undefined where there is none. The byte order is the device's: the one that fits is taken. */
export function parsePackimg(bytes: Bytes, at: number): number | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  if (new Reader(header, 'little').latin1(MAGIC.length) !== MAGIC) return undefined
  const orders: readonly Endian[] = ['little', 'big']
  const lengths = orders.map((endian) => new Reader(header, endian, 16).u32())
  return lengths.find((length) => length > 0 && at + HEADER + length <= bytes.size)
}
