import { type Bytes, Reader } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import { copyStretch } from '../members.ts'
import { DATA, GROUP } from './groups.ts'

/** Four numbers in the fuses of a chip; the memory controller makes of them and of an address what it XORs code with. */
export type Coefficients = readonly [number, number, number, number]

/** Those that chips in modules of Tuya have: published in bk7231tools and in LibreTiny. */
const PUBLISHED: Coefficients = [0x510f_b093, 0xa3cb_eadc, 0x5993_a17e, 0xc7ad_eb03]
/** Where boot loader and application begin, in bytes without the CRCs. */
const STARTS = [0, 0x1_0000]
/** Exception vectors of an ARM9, and how many of them have to be a jump. */
const VECTORS = 8
const LEAST_VECTORS = 6
/** Bytes of erased flash with which a program ends. */
const GAP = 256

/** A program that is encrypted, in bytes without the CRCs. */
export interface EncryptedCode {
  readonly start: number
  readonly end: number
  /** Its place among the keys that were handed in; -1 for those that are published. */
  readonly key: number
}

/** The programs in a flash that begins at `at` and whose groups end at `end`. */
export function findCode(
  bytes: Bytes,
  at: number,
  end: number,
  keys: readonly KeyMaterial[],
): readonly EncryptedCode[] {
  const size = Math.floor((end - at) / GROUP) * DATA
  return STARTS.filter((start) => start + GAP <= size).flatMap((start, index) => {
    const head = readPlain(bytes, at, start, VECTORS * 4)
    if (isVectors(head)) return []
    const key = [-1, ...keys.keys()].find((one) => {
      const coefficients = coefficientsOf(one, keys)
      return coefficients && isVectors(decryptCode(coefficients, start, Uint8Array.from(head)))
    })
    const limit = STARTS.slice(index + 1).find((next) => next < size) ?? size
    return key === undefined ? [] : [{ start, end: endOfCode(bytes, at, start, limit), key }]
  })
}

/** Of a key that was handed in: 16 bytes, or 32 digits as ltchiptool takes them; numbers are big endian. */
export function coefficientsOf(key: number, keys: readonly KeyMaterial[]): Coefficients | undefined {
  if (key < 0) return PUBLISHED
  const given = Buffer.from(keys[key]?.bytes ?? [])
  const raw = given.length === 16 ? given : Buffer.from(given.toString('latin1').trim(), 'hex')
  if (raw.length !== 16) return undefined
  const reader = new Reader(raw, 'big')
  return [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
}

/** Bytes from `from` on, counted without the CRCs; `length` is a multiple of a group's data. */
export function readPlain(bytes: Bytes, at: number, from: number, length: number): Uint8Array {
  const raw = new Uint8Array((length / DATA) * GROUP)
  copyStretch(bytes, at + (from / DATA) * GROUP, raw)
  const plain = new Uint8Array(length)
  for (let group = 0; group * DATA < length; group++)
    plain.set(raw.subarray(group * GROUP, group * GROUP + DATA), group * DATA)
  return plain
}

/** A branch, or a load of the program counter, whatever its condition says. */
function isVectors(head: Uint8Array): boolean {
  let jumps = 0
  for (let at = 0; at < VECTORS * 4; at += 4) {
    const high = head[at + 3]
    if (
      high === 0xea ||
      (high === 0xe5 && head[at + 2] === 0x9f && ((head[at + 1] as number) & 0xf0) === 0xf0)
    )
      jumps++
  }
  return jumps >= LEAST_VECTORS
}

function endOfCode(bytes: Bytes, at: number, start: number, limit: number): number {
  let written = start
  for (let from = start; from < limit && from - written < GAP; from += DATA)
    if (!readPlain(bytes, at, from, DATA).every((byte) => byte === 0xff)) written = from + DATA
  return written
}

/**
 * Decrypts, in place, what stands at `address`; words that are erased stay erased. Facts: bk7231tools (crypto/code.py) and
 * ltchiptool (soc/bk72xx/util/crypto.py), which agree.
 */
export function decryptCode(coefficients: Coefficients, address: number, data: Uint8Array): Uint8Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  for (let at = 0; at + 4 <= data.length; at += 4) {
    const word = view.getUint32(at, true)
    if (word !== 0xffff_ffff) view.setUint32(at, (word ^ maskOf(coefficients, address + at)) >>> 0, true)
  }
  return data
}

/** What a word is XORed with: three scramblers of the address, and a number. Lower bits of the last coefficient switch each off. */
function maskOf([first, second, third, flags]: Coefficients, address: number): number {
  const high = flags >>> 24
  if (high === 0 || high === 0xff) return 0
  const upper = (flags & 1) !== 0 ? 0 : scramble16(spread16(address, (flags >>> 5) & 3) ^ (second >>> 16))
  const mixed = (((second >>> 8) & 0xff) << 9) | (((flags >>> 4) & 1) << 8) | (second & 0xff)
  const lower = (flags & 2) !== 0 ? 0 : scramble17(((address >>> ((flags >>> 8) & 3)) & 0x1_ffff) ^ mixed)
  const turn = 8 * ((flags >>> 11) & 3)
  const whole = (flags & 4) !== 0 ? 0 : scramble32(rotateRight(address, turn) ^ first)
  const fixed = (flags & 8) !== 0 ? 0 : third
  return (whole ^ ((upper << 16) | (lower & 0xffff)) ^ fixed) >>> 0
}

/** Both halves of an address in one; the bytes of either half can be swapped. */
function spread16(address: number, order: number): number {
  const upper = address >>> 16
  const lower = address & 0xffff
  return (order & 2 ? swapBytes(upper) : upper) ^ (order & 1 ? swapBytes(lower) : lower)
}

function swapBytes(half: number): number {
  return ((half & 0xff) << 8) | (half >>> 8)
}

function scramble16(value: number): number {
  const turned = ((value >>> 7) | (value << 9)) & 0xffff
  return turned ^ ((((value >>> 5) & 0xf) * 0x1111) & 0x6371)
}

function scramble17(value: number): number {
  const turned = ((value >>> 10) | (value << 7)) & 0x1_ffff
  const nibble = ((value >>> 13) & 1) | ((value >>> 8) & 2) | ((value >>> 3) & 4) | ((value << 2) & 8)
  return turned ^ (((((value >>> 4) & 1) << 16) | (nibble * 0x1111)) & 0x1_3659)
}

function scramble32(value: number): number {
  return rotateRight(value, 15) ^ ((((value >>> 2) & 0xf) * 0x1111_1111) & 0xe519_a4f1)
}

function rotateRight(value: number, bits: number): number {
  return bits === 0 ? value : (value >>> bits) | (value << (32 - bits))
}
