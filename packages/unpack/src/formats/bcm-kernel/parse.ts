import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'BRCM'
export const MAGIC_AT = 12
const HEADER = 20
const MOST = 64 * 1024 * 1024
/** Kernels are loaded to the start of a page. */
const PAGE = 4096

/** OpenWrt firmware-utils, bcm4908kernel.c: little endian. */
export interface BcmKernel {
  readonly loadAddress: number
  /** Bytes that come out of it; 0 where it is not packed. */
  readonly unpacked: number
  readonly content: Stored
  readonly end: number
}

/** The header at `at`, or undefined for what is none. */
export function parseBcmKernel(bytes: Bytes, at: number): BcmKernel | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  const [loadAddress, entry, length] = [reader.u32(), reader.u32(), reader.u32()]
  if (latin1(reader.take(4)) !== MAGIC) return undefined
  const unpacked = reader.u32()
  const fits = loadAddress % PAGE === 0 && entry % PAGE === 0 && entry >= loadAddress && unpacked <= MOST
  if (!fits || length === 0 || length > MOST) return undefined
  return { loadAddress, unpacked, content: { at: at + HEADER, length }, end: at + HEADER + length }
}
