import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto'
import { Reader } from '@messlatte/bytes'
import { extraField, type ZipHeader } from './records.ts'

export const ENCRYPTED = 1
/** Of flags: the encryption of PKWARE that needs certificates, or is not public. */
const STRONG = 1 << 6
const SIZES_FOLLOW = 1 << 3
/** Instead of the method, which then stands in the extra field. */
const AES = 99
const AES_FIELD = 0x9901
/** Sizes in bytes. */
const HEAD = 12
const CHECK = 2
const SUM = 10
const BLOCK = 16
const STRIDE = 64 * 1024
const ROUNDS = 1000

/** How a member is encrypted. */
export type ZipLock =
  | { readonly kind: 'traditional'; readonly check: number }
  | { readonly kind: 'aes'; readonly keyLength: 16 | 24 | 32; readonly hasCrc: boolean }

/** The lock of an encrypted member with the method under it; undefined for what cannot be undone. APPNOTE.TXT, section 6.1; WinZip, AE-1 and AE-2. */
export function lockOf(
  header: Pick<ZipHeader, 'flags' | 'method' | 'extra' | 'crc' | 'dosTime'>,
): { readonly lock: ZipLock; readonly method: number } | undefined {
  const { flags, method, extra, crc, dosTime } = header
  if (flags & STRONG) return undefined
  if (method !== AES) {
    const check = flags & SIZES_FOLLOW ? (dosTime >>> 8) & 0xff : crc >>> 24
    return { lock: { kind: 'traditional', check }, method }
  }
  const field = extraField(extra, AES_FIELD)
  if (!field || field.length < 7) return undefined
  const reader = new Reader(field, 'little')
  const version = reader.u16()
  reader.skip(2)
  const keyLength = ([16, 24, 32] as const)[reader.u8() - 1]
  if (keyLength === undefined) return undefined
  return { lock: { kind: 'aes', keyLength, hasCrc: version === 1 }, method: reader.u16() }
}

/** Bytes of a packed content that tell whether a password may be the right one. */
export const MOST_HEAD = 32

/** Whether a password may be the one: of the wrong ones, one in 256 passes, with AES one in 65,536. */
export function mayFit(lock: ZipLock, head: Uint8Array, password: Uint8Array): boolean {
  if (lock.kind === 'aes') {
    const { salt, check } = partsOf(lock.keyLength, head)
    return keysOf(lock.keyLength, salt, password).check.equals(check)
  }
  if (head.length < HEAD) return false
  const plain = Buffer.from(head.subarray(0, HEAD))
  undoTraditional(plain, password)
  return plain[HEAD - 1] === lock.check
}

export interface Unlocked {
  readonly content: Uint8Array
  /** False where the sum of what is encrypted differs; undefined where it has none. */
  readonly holds: boolean | undefined
}

/** A packed content in the clear, without what stands before and behind it. */
export function unlock(lock: ZipLock, packed: Uint8Array, password: Uint8Array): Unlocked {
  if (lock.kind === 'traditional') {
    const plain = Buffer.from(packed)
    undoTraditional(plain, password)
    return { content: plain.subarray(HEAD), holds: undefined }
  }
  const { salt, content, sum } = partsOf(lock.keyLength, packed)
  const keys = keysOf(lock.keyLength, salt, password)
  const told = createHmac('sha1', keys.sum).update(content).digest().subarray(0, SUM)
  return { content: counted(keys.content, content), holds: told.equals(sum) }
}

function partsOf(keyLength: number, packed: Uint8Array) {
  const saltEnd = keyLength / 2
  const from = saltEnd + CHECK
  const end = Math.max(from, packed.length - SUM)
  return {
    salt: packed.subarray(0, saltEnd),
    check: packed.subarray(saltEnd, from),
    content: packed.subarray(from, end),
    sum: packed.subarray(end),
  }
}

function keysOf(keyLength: number, salt: Uint8Array, password: Uint8Array) {
  const derived = pbkdf2Sync(password, salt, ROUNDS, 2 * keyLength + CHECK, 'sha1')
  return {
    content: derived.subarray(0, keyLength),
    sum: derived.subarray(keyLength, 2 * keyLength),
    check: derived.subarray(2 * keyLength),
  }
}

/** AES in counter mode, whose counter is little endian and begins with 1: not the one of OpenSSL. */
function counted(key: Uint8Array, content: Uint8Array): Uint8Array {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false)
  const plain = Buffer.from(content)
  const counters = Buffer.alloc(STRIDE)
  for (let from = 0, counter = 1; from < plain.length; from += STRIDE) {
    for (let at = 0; at < STRIDE; at += BLOCK) {
      counters.writeUInt32LE(counter % 2 ** 32, at)
      counters.writeUInt32LE(Math.floor(counter++ / 2 ** 32), at + 4)
    }
    const stream = cipher.update(counters)
    const end = Math.min(plain.length, from + STRIDE)
    for (let at = from; at < end; at++) plain[at] = (plain[at] as number) ^ (stream[at - from] as number)
  }
  return plain
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, value) => {
  let sum = value
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb8_8320 : sum >>> 1
  return sum
})

/** The encryption of PKZIP 2, in place. */
function undoTraditional(data: Uint8Array, password: Uint8Array): void {
  let [first, second, third] = [0x1234_5678, 0x2345_6789, 0x3456_7890]
  const update = (byte: number) => {
    first = (CRC_TABLE[(first ^ byte) & 0xff] as number) ^ (first >>> 8)
    second = (Math.imul((second + (first & 0xff)) | 0, 134_775_813) + 1) | 0
    third = (CRC_TABLE[(third ^ (second >>> 24)) & 0xff] as number) ^ (third >>> 8)
  }
  for (const byte of password) update(byte)
  for (let at = 0; at < data.length; at++) {
    const seed = (third | 2) & 0xffff
    const plain = (data[at] as number) ^ ((Math.imul(seed, seed ^ 1) >>> 8) & 0xff)
    data[at] = plain
    update(plain)
  }
}
