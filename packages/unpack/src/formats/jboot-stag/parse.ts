import { crc32 } from 'node:zlib'
import { type Bytes, Reader } from '@messlatte/bytes'
import { jbootSum } from '../jboot-sum.ts'
import type { Stored } from '../members.ts'

const ID = 0x04
const FACTORY = 0xff
const STAG = 16
const SCH2 = 40
const SCH2_MAGIC = 0x2124
const SCH2_VERSION = 2
const CRC_AT = 32
const COMPRESSIONS = ['none', 'jz', 'gzip', 'lzma'] as const

/** Images of factories, and those of the devices themselves. */
export const MAGICS = ['\x04\x04\x24\x2b', '\xff\x04\x24\x2b']

/** Kernel of a D-Link device with the boot loader JBOOT: a tag, a header and a kernel (OpenWrt, mkdlinkfw.c). */
export interface JbootKernel {
  readonly compression: (typeof COMPRESSIONS)[number]
  readonly kernel: Stored
  /** CRC-32 of the kernel. */
  readonly crc: number
  /** Follows the kernel; undefined where the header tells none. */
  readonly rootfs: (Stored & { readonly crc: number }) | undefined
  /** JBOOT's checksum over header and kernel. */
  readonly checksum: number
  readonly tagged: Stored
}

/** The tag and the header at `at`, or undefined: without their checksums they are none. */
export function parseJbootKernel(bytes: Bytes, at: number): JbootKernel | undefined {
  if (at + STAG + SCH2 > bytes.size) return undefined
  const tag = new Reader(bytes.view(at, STAG), 'little')
  const [mark, id] = [tag.u8(), tag.u8()]
  tag.skip(6)
  const [length, checksum, stored] = [tag.u32(), tag.u16(), tag.u16()]
  if (id !== ID || (mark !== ID && mark !== FACTORY) || length <= SCH2) return undefined
  // The checksum was made before the mark of factory images was set.
  const difference = mark - ID
  if (withoutMark(jbootSum(bytes, at, STAG - 2), difference) !== (~stored & 0xffff)) return undefined
  const view = bytes.view(at + STAG, SCH2)
  const header = new Reader(view, 'little')
  const [magic, kind, version] = [header.u16(), header.u8(), header.u8()]
  const compression = COMPRESSIONS[kind]
  if (magic !== SCH2_MAGIC || version !== SCH2_VERSION || compression === undefined) return undefined
  header.skip(4)
  const [kernelLength, crc] = [header.u32(), header.u32()]
  header.skip(8)
  const [rootfsLength, rootfsCrc, headerCrc, size] = [header.u32(), header.u32(), header.u32(), header.u16()]
  if (size !== SCH2 || kernelLength !== length - SCH2 || crcOf(view) !== headerCrc) return undefined
  const kernel = { at: at + STAG + SCH2, length: kernelLength }
  const rootfs = { at: kernel.at + kernelLength, length: rootfsLength, crc: rootfsCrc }
  return {
    compression,
    kernel,
    crc,
    rootfs: rootfsLength > 0 ? rootfs : undefined,
    checksum,
    tagged: { at: at + STAG, length },
  }
}

/** Takes a byte out of a sum with carries. */
function withoutMark(sum: number, difference: number): number {
  const value = sum - difference
  return value < 0 ? value + 0xffff : value
}

/** Its own place counts as zeros. */
function crcOf(view: Uint8Array): number {
  const copy = Uint8Array.from(view)
  copy.fill(0, CRC_AT, CRC_AT + 4)
  return crc32(copy)
}
