import { type Bytes, forEachWindow, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** What stands for what in the boot loaders of the RTL8196B, the RTL8196C to RTL8198, and the chips before. */
const SIGNATURES: Readonly<Record<string, 'kernel' | 'rootfs'>> = {
  cs6c: 'kernel',
  cr6c: 'kernel',
  r6cr: 'rootfs',
  cs6b: 'kernel',
  cr6b: 'kernel',
  r6br: 'rootfs',
  csys: 'kernel',
  csro: 'kernel',
}
export const MAGICS = Object.keys(SIGNATURES)
const HEADER = 16
const SUM = 2
const LEAST = 64
/** More than the flash of any such device holds. */
const MOST = 64 * 1024 * 1024
/** Where memory begins and ends for a processor of MIPS, not cached and cached. */
const MEMORY = { from: 0x80000000, to: 0xc0000000 } as const
const STEP = 256 * 1024

/** Realtek, bootcode, boot/init/rtk.h (`IMG_HEADER_T`) and cvimg.c: big endian. */
export interface RealtekCvimg {
  readonly name: 'kernel' | 'rootfs'
  /** Without the sum behind it. */
  readonly content: Stored
  readonly end: number
}

/**
 * The image at `at`, or undefined: the words of a whole one sum up to zero, with the one behind the content. One that is cut
 * off has nothing but its header to speak for it, which texts within other files look like.
 */
export function parseRealtekCvimg(bytes: Bytes, at: number): RealtekCvimg | undefined {
  if (at + HEADER + LEAST > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  const name = SIGNATURES[reader.latin1(4)]
  const [start, burnt, length] = [reader.u32(), reader.u32(), reader.u32()]
  if (name === undefined || length < LEAST || length > MOST || length % 2 !== 0) return undefined
  if (burnt >= MOST || burnt % 16 !== 0) return undefined
  if (start >= MOST && (start < MEMORY.from || start >= MEMORY.to)) return undefined
  const end = at + HEADER + length
  if (end > bytes.size && at > 0) return undefined
  if (end <= bytes.size && sumOfHalves(bytes, at + HEADER, length) !== 0) return undefined
  return { name, content: { at: at + HEADER, length: length - SUM }, end }
}

/** The sum of the words of 16 bits (big endian) of a stretch of an even length, modulo 2^16. @throws BytesError */
function sumOfHalves(bytes: Bytes, at: number, length: number): number {
  let sum = 0
  forEachWindow(bytes, at, at + length, STEP, 0, (window) => {
    for (let place = 0; place < window.length; place += 2) sum = (sum + window.readUInt16BE(place)) & 0xffff
    return true
  })
  return sum
}
