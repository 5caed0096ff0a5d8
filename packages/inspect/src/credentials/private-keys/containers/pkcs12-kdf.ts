import { hash } from 'node:crypto'

const BLOCK: Readonly<Record<string, number>> = { sha1: 64, sha224: 64, sha256: 64, sha384: 128, sha512: 128 }

/** UTF-16, big endian. */
export function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}

/**
 * The key derivation of PKCS#12 (RFC 7292, appendix B.2).
 * @param password UTF-16, big endian, with its end of two zero bytes
 * @param purpose 1 key, 2 IV, 3 MAC
 */
export function pkcs12Key(
  digest: string,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  purpose: 1 | 2 | 3,
  length: number,
): Buffer {
  const block = BLOCK[digest] ?? 64
  const diversifier = Buffer.alloc(block, purpose)
  const input = Buffer.concat([repeated(salt, block), repeated(password, block)])
  const pieces: Buffer[] = []
  for (let have = 0; have < length; ) {
    let piece = hash(digest, Buffer.concat([diversifier, input]), 'buffer')
    for (let i = 1; i < iterations; i++) piece = hash(digest, piece, 'buffer')
    pieces.push(piece)
    have += piece.length
    if (have >= length) break
    const addend = repeated(piece, block).subarray(0, block)
    for (let at = 0; at < input.length; at += block) addPlusOne(input.subarray(at, at + block), addend)
  }
  return Buffer.concat(pieces).subarray(0, length)
}

/** Filled up to a whole number of blocks with itself. */
function repeated(bytes: Uint8Array, block: number): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes)
}

function addPlusOne(target: Buffer, addend: Uint8Array): void {
  let carry = 1
  for (let i = target.length - 1; i >= 0; i--) {
    carry += (target[i] as number) + (addend[i] as number)
    target[i] = carry & 0xff
    carry >>= 8
  }
}
