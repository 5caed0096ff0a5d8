import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { buffaloCipher } from './cipher.ts'

export const MAGICS = ['start\0', 'asar1\0'] as const
const MAGIC_LENGTH = 6
/** Most bytes of the names, their NUL included. */
const MOST_PRODUCT = 32
const MOST_VERSION = 8
const WORD = 4

/** The key of the devices' own update tool; public in OpenWrt since 2009. */
export const KEY = Buffer.from('Buffalo')

/** Buffalo's header (OpenWrt, buffalo-lib.c): lengths are big endian, and the names are encrypted, too. */
export interface BuffaloHeader {
  readonly product: string
  readonly version: string
  /** Which of the two forms of the cipher. */
  readonly long: boolean
  /** What the key of the content begins with. */
  readonly seed: number
  /** Where the content begins, and its bytes. */
  readonly at: number
  readonly length: number
  /** Offset behind the checksum and the bytes that fill up to four. */
  readonly end: number
}

/** The header at `at`, or undefined: where its names are no texts, it is none. */
export function parseBuffalo(bytes: Bytes, at: number): BuffaloHeader | undefined {
  const most = MAGIC_LENGTH + 1 + WORD + MOST_PRODUCT + WORD + MOST_VERSION + WORD
  const reader = new Reader(bytes.view(at, Math.min(most, bytes.size - at)), 'big')
  const magic = reader.latin1(MAGIC_LENGTH)
  if (!MAGICS.some((one) => one === magic)) return undefined
  const first = reader.u8()
  const product = named(reader, MOST_PRODUCT)
  const version = product && named(reader, MOST_VERSION)
  if (!version) return undefined
  const length = reader.u32()
  if (length === 0) return undefined
  for (const long of [false, true]) {
    const names = [plainName(product, first, long), plainName(version, product[0] as number, long)] as const
    if (names[0] === undefined || names[1] === undefined) continue
    const header = reader.at
    const behind = header + length + WORD
    return {
      product: names[0],
      version: names[1],
      long,
      seed: version[0] as number,
      at: at + header,
      length,
      // One more word where it is full already.
      end: at + behind + (WORD - (behind % WORD)),
    }
  }
  return undefined
}

function named(reader: Reader, most: number): Uint8Array | undefined {
  const length = reader.u32()
  return length < 2 || length > most ? undefined : reader.take(length)
}

/** Printable, with one NUL behind it. */
function plainName(encrypted: Uint8Array, seed: number, long: boolean): string | undefined {
  const plain = Uint8Array.from(encrypted)
  buffaloCipher(seed, KEY, plain.length, long).decrypt(plain)
  const text = latin1(plain)
  return /^[\x20-\x7e]+\0$/.test(text) ? text.slice(0, -1) : undefined
}
