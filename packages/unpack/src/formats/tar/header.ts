import { cString, latin1 } from '@messlatte/bytes'

/** Bytes; headers and contents are padded to it. */
export const BLOCK = 512
/** Where the sum of a header stands, and its length. */
const [SUM_AT, SUM] = [148, 8]

export interface TarHeader {
  /** `ustar` of POSIX, `gnu` of GNU tar, `v7` without any magic. */
  readonly variant: 'ustar' | 'gnu' | 'v7'
  /** Byte string. */
  readonly name: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes. */
  readonly size: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** One character. */
  readonly type: string
  /** Byte string. */
  readonly linkName: string
  readonly device: { readonly major: number; readonly minor: number }
}

/**
 * A header block (POSIX.1-1988 ustar, GNU tar, Version 7); undefined for what is none: its checksum or a number is wrong.
 * @param block BLOCK bytes
 */
export function parseTarHeader(block: Uint8Array): TarHeader | undefined {
  const stored = number(block, SUM_AT, SUM)
  if (stored === undefined || !sumMatches(block, stored)) return undefined
  const mode = number(block, 100, 8)
  const uid = number(block, 108, 8)
  const gid = number(block, 116, 8)
  const size = number(block, 124, 12)
  const mtime = number(block, 136, 12)
  if (
    mode === undefined ||
    uid === undefined ||
    gid === undefined ||
    size === undefined ||
    mtime === undefined
  )
    return undefined
  if (size < 0 || mode < 0) return undefined
  const variant = variantOf(block)
  const short = cString(block.subarray(0, 100))
  // GNU tar uses the room of the prefix for other things.
  const prefix = variant === 'ustar' ? cString(block.subarray(345, 500)) : ''
  const devices = variant === 'v7' ? [0, 0] : [number(block, 329, 8), number(block, 337, 8)]
  return {
    variant,
    name: prefix === '' ? short : `${prefix}/${short}`,
    mode,
    uid,
    gid,
    size,
    mtime,
    type: String.fromCharCode(block[156] as number),
    linkName: cString(block.subarray(157, 257)),
    device: { major: devices[0] ?? 0, minor: devices[1] ?? 0 },
  }
}

function variantOf(block: Uint8Array): TarHeader['variant'] {
  const magic = latin1(block.subarray(257, 265))
  if (magic === 'ustar  \0') return 'gnu'
  return magic.startsWith('ustar') ? 'ustar' : 'v7'
}

/** Old tools add signed bytes. The sum itself counts as eight spaces. */
function sumMatches(block: Uint8Array, stored: number): boolean {
  let unsigned = SUM * 32
  let negative = 0
  for (let at = 0; at < BLOCK; at++) {
    if (at === SUM_AT) at += SUM
    const byte = block[at] as number
    unsigned += byte
    negative += byte >>> 7
  }
  return stored === unsigned || stored === unsigned - 256 * negative
}

/** Octal digits between blanks up to a NUL, or base 256 when the first bit is set; undefined for neither. Empty is 0. */
export function number(block: Uint8Array, start: number, length: number): number | undefined {
  if ((block[start] as number) & 0x80) return base256(block.subarray(start, start + length))
  const end = start + length
  let at = behindBlanks(block, start, end)
  let value = 0
  for (; at < end; at++) {
    const digit = (block[at] as number) - 0x30
    if (digit < 0 || digit > 7) break
    value = value * 8 + digit
  }
  at = behindBlanks(block, at, end)
  return at === end || block[at] === 0 ? value : undefined
}

/** Spaces, and what else no number is told apart by: tabulators, ends of lines and spaces that do not break. */
function behindBlanks(block: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && isBlank(block[at] as number)) at++
  return at
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0xa0
}

function base256(field: Uint8Array): number | undefined {
  const negative = ((field[0] as number) & 0x40) !== 0
  let value = negative ? -1n : 0n
  for (const [index, byte] of field.entries())
    value = (value << 8n) | BigInt(index === 0 && !negative ? byte & 0x7f : byte)
  const result = Number(value)
  return Number.isSafeInteger(result) ? result : undefined
}
