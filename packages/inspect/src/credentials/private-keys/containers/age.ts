import type { Bytes } from '@messlatte/bytes'
import { type KeyRead, privateKey } from '../read-key.ts'
import { x25519Scalar } from './seeds.ts'
import { textAt } from './text.ts'

export const AGE_LITERAL = 'AGE-SECRET-KEY-1'

const CHARSET = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'
const PREFIX = 'AGE-SECRET-KEY-'
/** Of 32 bytes in groups of five bits, and the checksum. */
const DATA = 52
const CHECKSUM = 6
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

/** An identity of age: an X25519 key in Bech32 (BIP 173), whose checksum holds. */
export function readAge(bytes: Bytes, offset: number): (KeyRead & { readonly length: number }) | undefined {
  const length = AGE_LITERAL.length + DATA + CHECKSUM
  const text = textAt(bytes, offset, length)
  const groups = [...text.slice(AGE_LITERAL.length)].map((character) => CHARSET.indexOf(character))
  if (groups.length !== DATA + CHECKSUM || groups.includes(-1) || !checksumHolds(groups)) return undefined
  const scalar = bytesOf(groups.slice(0, DATA))
  const key = scalar && privateKey(x25519Scalar(scalar), 'age')
  return key && { ...key, length }
}

function checksumHolds(groups: readonly number[]): boolean {
  const prefix = [...PREFIX.toLowerCase()].map((character) => character.charCodeAt(0))
  const values = [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...groups]
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    GENERATORS.forEach((generator, bit) => {
      if ((top >> bit) & 1) sum ^= generator
    })
  }
  return sum === 1
}

/** 32 bytes out of 52 groups of five bits; what is left over must be zero. */
function bytesOf(groups: readonly number[]): Buffer | undefined {
  const bytes: number[] = []
  let held = 0
  let bits = 0
  for (const group of groups) {
    held = ((held << 5) | group) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  const rest = held & ((1 << bits) - 1)
  return rest === 0 ? Buffer.from(bytes) : undefined
}
