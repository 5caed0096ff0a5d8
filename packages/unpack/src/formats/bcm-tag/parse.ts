import { crc32 } from 'node:zlib'
import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** The company's name, of which the tag holds the first nineteen letters; the fields around it are texts, too. */
export const MAGIC_AT = 4
/** Behind the names that makers write stands the same version in nearly all tags. */
export const VERSION_AT = 24
export const MAGICS = [
  { bytes: 'Broadcom Corporatio', at: MAGIC_AT },
  { bytes: 'AAAAAAAA Corporatio', at: MAGIC_AT },
  { bytes: 'ver. 2.0', at: VERSION_AT },
] as const
export const HEADER = 256
/** Where the checksum of all before stands. */
const CRC_AT = 236
const SLACK = 16

/** Tag in front of images for Broadcom's DSL chips (OpenWrt, bcm_tag.h): numbers are decimal texts, checksums big endian. */
export interface BcmTag {
  readonly version: string
  /** The company's name as it is written there. */
  readonly company: string
  readonly chip: string
  readonly board: string
  /** CRC-32 without the final inversion, over all that follows. */
  readonly imageCrc: number
  readonly kernelCrc: number
  readonly image: Stored
  readonly parts: readonly (Stored & { readonly path: string })[]
}

/** The tag at `at`, or undefined: without its checksum it is none. */
export function parseBcmTag(bytes: Bytes, at: number): BcmTag | undefined {
  if (at + HEADER > bytes.size) return undefined
  const view = bytes.view(at, HEADER)
  const text = (from: number, length: number) => cString(view.subarray(from, from + length)).trim()
  const word = (from: number) => new Reader(view, 'big', from).u32()
  if (openCrc(view.subarray(0, CRC_AT)) !== word(CRC_AT)) return undefined
  const [total, cfe, start, rootfs, kernelAt, kernel] = [
    numberOf(text(62, 10)),
    numberOf(text(84, 10) || '0'),
    numberOf(text(94, 12)),
    numberOf(text(106, 10)),
    numberOf(text(116, 12)),
    numberOf(text(128, 10)),
  ]
  if (!total || cfe === undefined || start === undefined || kernelAt === undefined || kernel === undefined)
    return undefined
  const counted = kernelAt === start && rootfs !== undefined && kernel + rootfs === total
  // With the kernel first, OpenWrt's tool leaves a boot loader out of its total, too.
  const parts = partsOf(at + HEADER, { total: counted ? total + cfe : total, cfe, start, kernelAt, kernel })
  return (
    parts && {
      version: text(0, 4),
      company: text(MAGIC_AT, 20),
      chip: text(38, 6),
      board: text(44, 16),
      imageCrc: word(216),
      kernelCrc: word(224),
      image: { at: at + HEADER, length: parts.reduce((sum, { length }) => sum + length, 0) },
      parts,
    }
  )
}

interface Layout {
  readonly total: number
  readonly cfe: number
  readonly start: number
  readonly kernelAt: number
  readonly kernel: number
}

/** A boot loader may come first. Then makers have the root file system in front of the kernel; OpenWrt has it behind. */
function partsOf(at: number, { total, cfe, start, kernelAt, kernel }: Layout): BcmTag['parts'] | undefined {
  const before = kernelAt - start
  // OpenWrt's tool forgets the kernel's own header in its total.
  const behind = Math.max(0, total - cfe - before - kernel)
  if (before < 0 || cfe + before + kernel > total + SLACK) return undefined
  return [
    { path: 'cfe', at, length: cfe },
    { path: 'rootfs', at: at + cfe, length: before },
    { path: 'kernel', at: at + cfe + before, length: kernel },
    { path: before > 0 ? 'rest' : 'rootfs', at: at + cfe + before + kernel, length: behind },
  ].filter(({ length }) => length > 0)
}

function numberOf(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined
}

/** CRC-32 without the final inversion. */
export function openCrc(view: Uint8Array): number {
  return ~crc32(view) >>> 0
}
