import { type Bytes, Reader } from '@messlatte/bytes'
import { isSpread } from './spread.ts'

/** Unsigned, and signed. */
export const MAGICS = ['RKNS', 'RKSS'] as const
const SECTOR = 512
const HEADER = 2048
const IMAGES_AT = 120
const IMAGE_ENTRY = 88
const MAX_IMAGES = 4
/** Words of what is hashed. */
const HASHED_WORDS = 384
const SHA512 = 0x2
const RSA2048 = 0x10
const RSA4096 = 0x20
const SIGNED = 0x2000
/** Of the key and of the digest or signature, in bytes from the start. */
const MODULUS_AT = 512
const EXPONENT_AT = 1024
const HASH_AT = 1536

export interface IdbImage {
  /** Bytes from the start of the header. */
  readonly at: number
  readonly length: number
  /** Its digest, as stated. */
  readonly digest: Uint8Array
}

/** barebox, scripts/rkimage.c and rockchip.h; U-Boot, tools/rkcommon.c (`header0_info_v2`): little endian. */
export interface RockchipIdb {
  readonly hash: 'sha256' | 'sha512'
  readonly signed: boolean
  readonly bits: 2048 | 4096 | undefined
  /** The key, and all that stands beside it, as the ROM compares it. */
  readonly keyArea: Uint8Array
  /** Big endian. */
  readonly modulus: Uint8Array
  readonly exponent: Uint8Array
  /** Digest of the header; of a signed one the signature, big endian. */
  readonly proof: Uint8Array
  /** Places and lengths are without the blocks between, where it is spread. */
  readonly images: readonly IdbImage[]
  readonly spread: boolean
  /** As it lies there: behind the last image, from the start. */
  readonly end: number
}

/** Bytes from the start that digest and signature are made over. */
export const IDB_HASHED = HASHED_WORDS * 4

export function parseRockchipIdb(bytes: Bytes, at: number): RockchipIdb | undefined {
  if (at + HEADER > bytes.size) return undefined
  const head = bytes.view(at, HEADER)
  const reader = new Reader(head, 'little')
  const magic = reader.latin1(4)
  if (magic !== MAGICS[0] && magic !== MAGICS[1]) return undefined
  reader.skip(4)
  const [words, count, flags] = [reader.u16(), reader.u16(), reader.u32()]
  if (words !== HASHED_WORDS || count < 1 || count > MAX_IMAGES) return undefined
  const hash = (flags & SHA512) !== 0 ? 'sha512' : 'sha256'
  const entries = Array.from({ length: count }, (_, index) => {
    const entry = new Reader(head, 'little', IMAGES_AT + index * IMAGE_ENTRY)
    const [offset, size] = [entry.u16(), entry.u16()]
    const digestAt = IMAGES_AT + index * IMAGE_ENTRY + 24
    const digest = head.slice(digestAt, digestAt + (hash === 'sha512' ? 64 : 32))
    return { at: offset * SECTOR, length: size * SECTOR, digest }
  })
  // Where nothing was given for the second one, its entry is there and empty.
  const images = entries.filter(({ length }) => length > 0)
  if (images.length === 0 || images.some((image) => image.at < HEADER)) return undefined
  const bits = (flags & RSA4096) !== 0 ? 4096 : (flags & RSA2048) !== 0 ? 2048 : undefined
  const reversed = (from: number, length: number) =>
    Uint8Array.from(head.subarray(from, from + length)).reverse()
  const spread = isSpread(bytes, at)
  const end = Math.max(HEADER, ...images.map((image) => image.at + image.length))
  const signed = (flags & SIGNED) !== 0
  return {
    hash,
    signed,
    bits,
    keyArea: head.slice(MODULUS_AT, MODULUS_AT + 560),
    modulus: reversed(MODULUS_AT, (bits ?? 4096) / 8),
    exponent: reversed(EXPONENT_AT, 16),
    proof: signed
      ? reversed(HASH_AT, (bits ?? 4096) / 8)
      : head.slice(HASH_AT, HASH_AT + (hash === 'sha512' ? 64 : 32)),
    images,
    spread,
    end: end * (spread ? 2 : 1),
  }
}
