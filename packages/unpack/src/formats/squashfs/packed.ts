import type { Reader } from '@messlatte/bytes'

/**
 * Two bit fields that share `bytes` whole bytes, as compilers lay them out: the first field, of `bits` bits, begins at
 * the lowest bit of little-endian images and at the highest one of big-endian images.
 * @param bytes at most 6, so that the numbers stay exact
 */
export function packedPair(reader: Reader, bytes: number, bits: number): readonly [number, number] {
  const value = unsigned(reader, bytes)
  if (reader.endian === 'little') {
    const unit = 2 ** bits
    return [value % unit, Math.floor(value / unit)]
  }
  const unit = 2 ** (bytes * 8 - bits)
  return [Math.floor(value / unit), value % unit]
}

/** An unsigned number of any width up to 6 bytes. */
export function unsigned(reader: Reader, bytes: number): number {
  const stored = reader.take(bytes)
  const ordered = reader.endian === 'little' ? stored.toReversed() : stored
  return ordered.reduce((value, byte) => value * 256 + byte, 0)
}
