import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'GMTKRT400N'
export const MAGIC_AT = 4
const HEADER = 60
const LENGTHS_AT = 16
const TOTAL_AT = 40

/** OpenWrt firmware-utils, wrt400n.c: big endian. */
export interface Wrt400n {
  readonly crc: number
  readonly parts: readonly [Part, Part]
  readonly end: number
}

interface Part {
  readonly path: string
  readonly content: Stored
}

/** The image at `at`, or undefined where its lengths do not fit each other. */
export function parseWrt400n(bytes: Bytes, at: number): Wrt400n | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  const crc = reader.u32()
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  reader.at = LENGTHS_AT
  const [kernel, , rootfs] = [reader.u32(), reader.u32(), reader.u32()]
  reader.at = TOTAL_AT
  const total = reader.u32()
  if (kernel === 0 || total !== HEADER + kernel + rootfs) return undefined
  const from = at + HEADER
  return {
    crc,
    parts: [
      { path: 'kernel', content: { at: from, length: kernel } },
      { path: 'rootfs', content: { at: from + kernel, length: rootfs } },
    ],
    end: at + total,
  }
}
