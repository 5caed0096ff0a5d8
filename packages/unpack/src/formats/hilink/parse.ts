import { type Bytes, Reader } from '@messlatte/bytes'
import { copyStretch } from '../members.ts'
import { decipherHilink } from './cipher.ts'

const HEADER = 64
/** So much of it is needed for the header to come out. */
const START = HEADER + 3
const UIMAGE = 0x27051956
const SIZE_AT = 12
/** The flash of such a module. */
export const MOST = 16 * 1024 * 1024

/** OpenWrt firmware-utils, mkhilinkfw.c. Bytes of the image at `at`, or undefined where no uImage comes out. */
export function parseHilink(bytes: Bytes, at: number): number | undefined {
  if (at + START > bytes.size) return undefined
  const start = Buffer.alloc(START)
  copyStretch(bytes, at, start)
  decipherHilink(start)
  const header = new Reader(start, 'big')
  if (header.u32() !== UIMAGE) return undefined
  const length = HEADER + new Reader(start, 'big', SIZE_AT).u32()
  return length > START && length <= MOST ? length : undefined
}
