import { type Bytes, Reader } from '@messlatte/bytes'

export const MAGIC = 'BL3X'
export const HEADER = 2048
/** Of hashes and addresses, behind what belongs to a key. */
const HASHES_AT = 800
const HASH_ROW = 48
const HASH = 32
const SIGNATURE = 256
const ROW = 16
const SECTOR = 512
const MOST_SECTORS = 128 * 1024
/** The way of hashing that is SHA-256 as others write it. */
const SHA256 = 3

export interface RockchipTrustPart {
  /** `BL30` to `BL33`. */
  readonly name: string
  /** Where it is loaded. */
  readonly address: number
  readonly at: number
  /** Bytes. */
  readonly length: number
  /** SHA-256; undefined where it is hashed in another way. */
  readonly hash: Uint8Array | undefined
}

/** Little endian; sources are those of `rockchipTrust`. */
export interface RockchipTrust {
  readonly parts: readonly RockchipTrustPart[]
  readonly signatureAt: number
  readonly signatureBytes: number
}

/** The image at `at`, or undefined. */
export function parseRockchipTrust(bytes: Bytes, at: number): RockchipTrust | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'little')
  if (reader.latin1(4) !== MAGIC) return undefined
  reader.skip(4)
  const [flags, place, count] = [reader.u32(), reader.u16() * 4, reader.u16()]
  if (count === 0 || place !== HASHES_AT + count * HASH_ROW) return undefined
  if (place + SIGNATURE + count * ROW > HEADER) return undefined
  const parts: RockchipTrustPart[] = []
  for (let index = 0; index < count; index++) {
    const row = new Reader(header, 'little', place + SIGNATURE + index * ROW)
    const [name, from, sectors] = [row.latin1(4), row.u32(), row.u32()]
    if (!/^BL3[0-9]$/.test(name) || from * SECTOR < HEADER || sectors === 0) return undefined
    if (from + sectors > MOST_SECTORS) return undefined
    const beside = new Reader(header, 'little', HASHES_AT + index * HASH_ROW)
    const hash = beside.take(HASH)
    parts.push({
      name,
      address: beside.u32(),
      at: at + from * SECTOR,
      length: sectors * SECTOR,
      hash: (flags & 0xf) === SHA256 ? hash : undefined,
    })
  }
  return { parts, signatureAt: at + place, signatureBytes: SIGNATURE }
}
