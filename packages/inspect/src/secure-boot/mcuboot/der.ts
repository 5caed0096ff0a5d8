/**
 * r and s of an ECDSA signature in DER, each in `size` bytes, big endian; undefined for what is none. Zeros behind it are
 * imgtool's way to a fixed length (`--pad-sig`). RFC 3279, section 2.2.3.
 */
export function readEcdsaDer(der: Uint8Array, size: number): Buffer | undefined {
  const [tag, length] = der
  if (tag !== 0x30 || length === undefined || length >= 0x80 || 2 + length > der.length) return undefined
  if (!der.subarray(2 + length).every((byte) => byte === 0)) return undefined
  const r = readInteger(der.subarray(2, 2 + length), size)
  const s = r && readInteger(der.subarray(2 + r.end, 2 + length), size)
  return s && r.end + s.end === length ? Buffer.concat([r.value, s.value]) : undefined
}

function readInteger(
  bytes: Uint8Array,
  size: number,
): { readonly value: Buffer; readonly end: number } | undefined {
  const [tag, length] = bytes
  if (tag !== 2 || length === undefined || length === 0 || length >= 0x80 || 2 + length > bytes.length)
    return undefined
  const whole = bytes.subarray(2, 2 + length)
  const number = whole[0] === 0 ? whole.subarray(1) : whole
  if (number.length > size || (whole[0] as number) >= 0x80) return undefined
  return { value: Buffer.concat([Buffer.alloc(size - number.length), number]), end: 2 + length }
}
