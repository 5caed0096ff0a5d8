import { createPublicKey, type KeyObject } from 'node:crypto'

// DSA has no JWK form, so its keys are written in DER (RFC 3279, section 2.3.2).

const DSA_OID = Buffer.from('06072a8648ce380401', 'hex')
const MOST_BITS = 4096

/** Whether `g^x mod p` is `y`, for numbers of a size that keys have. */
export function isPowerOf(g: bigint, x: bigint, p: bigint, y: bigint): boolean {
  if (p <= 2n || g <= 1n || x <= 0n || p.toString(2).length > MOST_BITS || x.toString(2).length > 512)
    return false
  let result = 1n
  let base = g % p
  for (let left = x; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * base) % p
    base = (base * base) % p
  }
  return result === y
}

export function dsaPublicKey(p: bigint, q: bigint, g: bigint, y: bigint): KeyObject {
  const parameters = sequence(integer(p), integer(q), integer(g))
  const bits = integer(y)
  const spki = sequence(sequence(DSA_OID, parameters), tlv(3, Buffer.concat([Buffer.of(0), bits])))
  return createPublicKey({ key: spki, format: 'der', type: 'spki' })
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts))
}

function integer(value: bigint): Buffer {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')
  return tlv(2, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes)
}

function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content
  const header =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...header]), content])
}
