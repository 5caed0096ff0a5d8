import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'EFM_NAS_PKG\0'
export const MAGIC_AT = 120
const HEADER = 1024
const LENGTH_AT = 96
const TEXT = /^[\x21-\x7e]+$/

/** OpenWrt firmware-utils, iptime-naspkg.c: little endian. */
export interface IptimeNas {
  readonly model: string
  readonly sum: number
  readonly content: Stored
  readonly end: number
}

/** The header at `at`, or undefined for what is none. */
export function parseIptimeNas(bytes: Bytes, at: number): IptimeNas | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const header = bytes.view(at, MAGIC_AT + MAGIC.length)
  if (latin1(header.subarray(MAGIC_AT)) !== MAGIC) return undefined
  const model = cString(header.subarray(0, 32))
  const reader = new Reader(header, 'little', LENGTH_AT)
  const [length, sum] = [reader.u32(), reader.u32()]
  if (!TEXT.test(model) || length === 0) return undefined
  return { model, sum, content: { at: at + HEADER, length }, end: at + HEADER + length }
}

const FACTOR = 0x19283745

/** The sum of all bytes as the header has it. */
export function mixed(model: string, sum: number): number {
  return ((Math.imul(model.length, FACTOR) + ~sum) ^ sum) >>> 0
}
