import { createDecipheriv } from 'node:crypto'
import { type Bytes, latin1, memoryBytes, Reader } from '@messlatte/bytes'
import { sumOf } from '../members.ts'

/** Bytes; the flash is erased in such blocks. */
export const BLOCK = 4096
const CIPHER = 16
/** Behind the magic and the sum of a block. */
const SUMMED = 8
const KEY_MAGIC = 0x1357_9753
const DATA_MAGICS: readonly number[] = [0x9876_1234, 0x1357_26ab]
/** What Tuya's firmware has for all devices: the key of keys, and what goes into the key of the data beside that of the device. */
const MASTER = Buffer.from('qwertyuiopasdfgh')
const COMMON = Buffer.from('HHRRQbyemofrtytf')
/** By platform: four characters that repeat, all of the common part again, or nothing. */
const BASES = [
  ...['8710', '8721', '8711'].map((name) => added(Buffer.from(name.repeat(4)), COMMON)),
  added(COMMON, COMMON),
  COMMON,
]
/** 16 bytes of erased flash, enciphered with the key of keys. */
export const ERASED = '\x46\xdc\xed\x0e\x67\x2f\x3b\x70\xae\x12\x76\xa3\xf8\x71\x2e\x03'
/** Where erased flash begins in a block with the key of a device. */
export const ERASED_AT = 32
/** Storage is some 14 blocks; of hostile files, so many are looked at. */
const MOST_BLOCKS = 256

/** Byte for byte, modulo 256. */
function added(one: Uint8Array, other: Uint8Array): Buffer {
  return Buffer.from(one.map((byte, index) => byte + (other[index] as number)))
}

function decipher(key: Uint8Array, content: Uint8Array): Buffer {
  return createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false).update(content)
}

/** The device's own key, out of the block at `at`, where its magic and its sum hold. */
export function deviceKeyAt(bytes: Bytes, at: number): Buffer | undefined {
  const erasedTo = at + ERASED_AT + 2 * CIPHER
  if (erasedTo > bytes.size) return undefined
  // Cheap first: erased flash begins here, and not before.
  if (latin1(bytes.view(at + ERASED_AT, 2 * CIPHER)) !== ERASED + ERASED) return undefined
  const head = decipher(MASTER, bytes.view(at, ERASED_AT))
  const reader = new Reader(head, 'little')
  const [magic, sum] = [reader.u32(), reader.u32()]
  const key = head.subarray(SUMMED, SUMMED + CIPHER)
  return magic === KEY_MAGIC && sum === sumBytes(key) ? key : undefined
}

/** What the protected block at `at` holds, in the clear, where its magic and its sum hold: written when the device was made. */
export function protectedAt(bytes: Bytes, at: number): Buffer | undefined {
  if (at + BLOCK > bytes.size) return undefined
  const plain = decipher(MASTER, bytes.view(at, BLOCK))
  const reader = new Reader(plain, 'little')
  if (reader.u32() !== KEY_MAGIC || reader.u32() !== sumBytes(plain.subarray(SUMMED))) return undefined
  const key = reader.take(CIPHER)
  const length = reader.u32()
  reader.skip(4)
  const inner = plain.subarray(reader.at)
  if (length > inner.length) return undefined
  const contents = BASES.map((base) => decipher(added(base, key), inner).subarray(0, length))
  return contents.find((one) => length >= 4 && one.readUInt32LE() <= length)
}

/** The sum of all bytes, modulo 2^32. */
export function sumBytes(content: Uint8Array): number {
  return sumOf(memoryBytes(content), 0, content.length)
}

/** A block of values in the clear. */
export interface DataBlock {
  /** Offset in the source. */
  readonly at: number
  readonly number: number
  readonly sound: boolean
  readonly plain: Buffer
}

/** The key of the data, out of that of the device: known by what it makes of the first block that is not erased. */
function dataKeyOf(deviceKey: Uint8Array, block: Uint8Array): Buffer | undefined {
  return BASES.map((base) => added(base, deviceKey)).find((key) => isData(decipher(key, block)))
}

function isData(plain: Buffer): boolean {
  return DATA_MAGICS.includes(plain.readUInt32LE())
}

/** The blocks of values from `start` on, up to what is neither one nor erased, or cut off. */
export function* dataBlocks(bytes: Bytes, start: number, deviceKey: Uint8Array): Generator<DataBlock> {
  let key: Buffer | undefined
  for (let at = start; at + BLOCK <= Math.min(bytes.size, start + MOST_BLOCKS * BLOCK); at += BLOCK) {
    const head = bytes.view(at, CIPHER)
    if (head.every((byte) => byte === 0xff)) continue
    key ??= dataKeyOf(deviceKey, head)
    if (!key || !isData(decipher(key, head))) return
    const plain = decipher(key, bytes.view(at, BLOCK))
    const sound = plain.readUInt32LE(4) === sumBytes(plain.subarray(SUMMED))
    yield { at, number: plain.readUInt16LE(SUMMED), sound, plain }
  }
}
