/** A number as it stands in a header. @param width bytes */
export function unsigned(value: number, width: 1 | 2 | 4 | 8, endian: 'little' | 'big'): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  const short = bytes.subarray(0, width)
  return endian === 'big' ? Buffer.from(short).reverse() : Buffer.from(short)
}
