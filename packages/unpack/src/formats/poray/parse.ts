import { type Bytes, consistsOf, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** Flags, and what fills the header. */
export const MAGIC = `\0\0\x0e\x02${'\0'.repeat(16)}`
export const MAGIC_AT = 8
const HEADER = 28
const SUM = 2
const MOST = 16 * 1024 * 1024

const hex = (text: string) => Buffer.from(text, 'hex')
const PORAY_1 = hex('896b5a939295c363d0a39c922ee6c7')
/** By the number of the hardware, which is text; one number is that of two makers. */
const PATTERNS: ReadonlyMap<string, readonly Uint8Array[]> = new Map<string, readonly Uint8Array[]>([
  ['R3G2', [hex('c83c3a93a295c363484558092011' + '08'), hex('c83c3a93a295c363484558091203' + '08')]],
  ['3051', [hex('c91c3a939295c363d0a39c922ee6c7')]],
  ['3053', [hex('191b3a939295c363d0a39c922ee6c7')]],
  ['3054', [hex('797b7a939295c363d0a39c922ee6c7')]],
  ...['5351', '5352', '5353', '5355', '5356', '5358'].map(
    (id) => [id, [PORAY_1]] as [string, readonly Uint8Array[]],
  ),
  ['2350', [hex('191c4a939695c363d0a39c922e16c6')]],
  ['3020', [hex('391c4a939695c363d0a39c922e16c6')]],
])

/** OpenWrt firmware-utils, mkporayfw.c: little endian. */
export interface Poray {
  readonly hardware: string
  readonly content: Stored
  /** Those of that hardware; none where they are not known. */
  readonly patterns: readonly Uint8Array[]
  /** Behind the sum. */
  readonly end: number
}

/** The image at `at`, or undefined for what is none. */
export function parsePoray(bytes: Bytes, at: number): Poray | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  if (latin1(header.subarray(MAGIC_AT, MAGIC_AT + 4)) !== MAGIC.slice(0, 4)) return undefined
  if (!consistsOf(header.subarray(MAGIC_AT + 4), 0)) return undefined
  const hardware = latin1(header.subarray(0, 4))
  const length = new Reader(header, 'little', 4).u32()
  if (!/^[0-9A-Z]{4}$/.test(hardware) || length === 0 || length > MOST) return undefined
  const content = { at: at + HEADER, length }
  return { hardware, content, patterns: PATTERNS.get(hardware) ?? [], end: content.at + length + SUM }
}

/** Undoes the mask in place; `from` is where the content begins in it. */
export function unmask(content: Uint8Array, pattern: Uint8Array, from: number): void {
  for (let at = 0; at < content.length; at++)
    content[at] = (content[at] as number) ^ (pattern[(from + at) % pattern.length] as number)
}

/** Words of 16 bits, little endian, added up as 32 bits with a sign, with their carries, and turned over. */
export function poraySum(content: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < content.length; at += 2)
    sum = (sum + ((content[at] as number) | ((content[at + 1] ?? 0) << 8))) | 0
  sum = (sum + (sum >> 16) + 0xffff) | 0
  return ~(sum + (sum >> 16)) & 0xffff
}
