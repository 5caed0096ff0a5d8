import { createHash, type Hash } from 'node:crypto'
import { type Bytes, Reader } from '@messlatte/bytes'

export const MAGIC = 'SHRS'

/** Bytes: numbers, digests, a place for a key that stays empty, two signatures of RSA-4096. */
export const HEADER = 0x6dc
const BLOCK = 16
/** Some images end with five bytes that nothing counts. */
const FOOTER = '\0\0\0\0\x30'

/** D-Link SHRS header (OpenWrt, dlink-sge-image.c), big endian. */
export interface ShrsHeader {
  /** Bytes, before and behind the encryption. */
  readonly plainLength: number
  readonly cipherLength: number
  readonly iv: Uint8Array
  /** SHA-512, in hex: of the content and the key, of the content, of what is encrypted. */
  readonly keyedDigest: string
  readonly plainDigest: string
  readonly cipherDigest: string
  /** Offset behind the image, the five bytes at its end included. */
  readonly end: number
}

/** The header at `at`, or undefined for what is none. */
export function parseShrsHeader(bytes: Bytes, at: number): ShrsHeader | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  if (reader.latin1(4) !== MAGIC) return undefined
  const [plainLength, cipherLength] = [reader.u32(), reader.u32()]
  const padding = cipherLength - plainLength
  if (plainLength === 0 || padding < 0 || padding > BLOCK || cipherLength % BLOCK !== 0) return undefined
  const iv = Uint8Array.from(reader.take(BLOCK))
  const [keyedDigest, plainDigest, cipherDigest] = [hex(reader), hex(reader), hex(reader)]
  const end = at + HEADER + cipherLength
  const footer = end + FOOTER.length <= bytes.size && isFooter(bytes.view(end, FOOTER.length))
  return {
    plainLength,
    cipherLength,
    iv,
    keyedDigest,
    plainDigest,
    cipherDigest,
    end: footer ? end + FOOTER.length : end,
  }
}

function hex(reader: Reader): string {
  return Buffer.from(reader.take(64)).toString('hex')
}

function isFooter(view: Uint8Array): boolean {
  return Buffer.from(view).toString('latin1') === FOOTER
}

/** Keys that D-Link's own source packages publish (and OpenWrt's dlink-sge-image.c), in hex, with what they are of. */
export const PUBLISHED_KEYS = [
  'c05fbf1936c99429ce2a0781f08d6ad8',
  '6865392d342b4d212964363d6d7e2324',
  '6865392d342b4d382d3830212964363d',
  '7274392d34255e2b4d212964363d6d7e',
] as const

/** Whether the digest over content and key proves a key. `plain` has the content, and is used up. */
export function provesKey(plain: Hash, key: Uint8Array, { keyedDigest }: ShrsHeader): boolean {
  return plain.update(key).digest('hex') === keyedDigest
}

export function sha512(): Hash {
  return createHash('sha512')
}
