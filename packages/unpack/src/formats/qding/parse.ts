import { type Bytes, Reader } from '@messlatte/bytes'
import { isFilled } from '../filled.ts'
import type { Stored } from '../members.ts'

/** 538248722 in little endian. */
export const MAGIC = '\x12\x06\x15\x20'
export const MAGIC_AT = 48
export const HEADER = 1024
const DIGEST = 20
const LENGTHS_AT = 72
const FIELDS = 80
const MOST = 64 * 1024 * 1024

/** OpenWrt firmware-utils, mkqdimg.c: little endian. */
export interface Qding {
  /** SHA-1 in hex. */
  readonly digest: string
  readonly parts: readonly { readonly path: string; readonly content: Stored }[]
  readonly end: number
}

/** The image at `at`, or undefined for what is none. */
export function parseQding(bytes: Bytes, at: number): Qding | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FIELDS), 'little', MAGIC_AT)
  if (reader.latin1(MAGIC.length) !== MAGIC || !isFilled(bytes, at + FIELDS, at + HEADER, 0)) return undefined
  const digest = Buffer.from(reader.take(DIGEST)).toString('hex')
  reader.at = LENGTHS_AT
  const [uboot, firmware] = [reader.u32(), reader.u32()]
  if (uboot > MOST || firmware > MOST || uboot + firmware === 0) return undefined
  const from = at + HEADER
  const parts = [
    { path: 'uboot', content: { at: from, length: uboot } },
    { path: 'firmware', content: { at: from + uboot, length: firmware } },
  ].filter(({ content }) => content.length > 0)
  return { digest, parts, end: from + uboot + firmware }
}
