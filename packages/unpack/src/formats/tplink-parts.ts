import { createHash } from 'node:crypto'
import type { Bytes, Reader } from '@messlatte/bytes'
import type { Region, Sink } from '../contract.ts'
import { announced, hashStretch, type Stored, type StoredMember } from './members.ts'

/** Bytes of a header, in both versions. */
export const TPLINK_HEADER = 512
const MD5 = 16
/** In place of the offset and the length of a root file system that is not counted. */
const NOT_COUNTED = 0xffff_ffff

/** What the headers of both versions say about the image. */
export interface TplinkParts {
  /** MD5 of the whole image, with a salt in its own place, in hex; zeros where the maker left it out. */
  readonly md5: string
  /** Bytes of the whole image as it lies in flash; 0 where the root file system is not counted. */
  readonly length: number
  readonly loadAddress: number
  readonly entryPoint: number
  readonly bootloader: Stored
  readonly kernel: Stored
  readonly rootfs: Stored
}

/** Salts, in hex, of images with and without a boot loader. */
export interface TplinkSalts {
  readonly md5At: number
  readonly normal: string
  readonly withBootloader: string
}

/** The numbers from the load address on, big endian; undefined where they do not fit each other. */
export function readTplinkParts(reader: Reader, start: number, md5: string): TplinkParts | undefined {
  const [loadAddress, entryPoint, flash] = [reader.u32(), reader.u32(), reader.u32()]
  const [kernelAt, kernelLength, rootfsAt, rootfs] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const [bootAt, bootLength] = [reader.u32(), reader.u32()]
  const counted = rootfs !== NOT_COUNTED
  const [length, rootfsLength] = counted ? [flash, rootfs] : [0, 0]
  const parts = {
    bootloader: { at: start + TPLINK_HEADER + bootAt, length: bootLength },
    kernel: { at: start + kernelAt, length: kernelLength },
    rootfs: { at: start + rootfsAt, length: rootfsLength },
  }
  if (kernelLength === 0 || kernelAt < TPLINK_HEADER || (rootfsLength > 0 && rootfsAt < TPLINK_HEADER))
    return undefined
  const inside = ({ at, length: size }: Stored) => size === 0 || at + size <= start + length
  if (length > 0 && !Object.values(parts).every(inside)) return undefined
  return { md5, length, loadAddress, entryPoint, ...parts }
}

/** Where the image lies; padding up to the size of the flash is left out of many. */
export function regionOfTplink(bytes: Bytes, start: number, parts: TplinkParts): Region {
  return { start, end: Math.min(endOf(start, parts), bytes.size) }
}

/** Behind its last part, where it tells no length. */
function endOf(start: number, parts: TplinkParts): number {
  return parts.length > 0 ? start + parts.length : lastOf(start, parts)
}

/** Behind its last part. */
function lastOf(start: number, { bootloader, kernel, rootfs }: TplinkParts): number {
  return [bootloader, kernel, rootfs].reduce(
    (last, { at, length }) => (length > 0 ? Math.max(last, at + length) : last),
    start,
  )
}

/** The parts as members. Tells an MD5 that differs, and what is cut off. */
export function* tplinkMembers(
  bytes: Bytes,
  { start, end }: Region,
  parts: TplinkParts,
  salts: TplinkSalts,
  problem: Sink['problem'],
): Generator<StoredMember> {
  const holds = hasMd5(parts) ? md5Holds(bytes, { start, end }, parts, salts) : undefined
  // What fills the image up to its length may be left out.
  if (holds === false && end < Math.min(endOf(start, parts), lastOf(start, parts)))
    problem('truncated', `${parts.length} bytes are announced, ${end - start} are there`)
  else if (holds === false) problem('checksum', 'the MD5 differs')
  for (const path of ['bootloader', 'kernel', 'rootfs'] as const) {
    if (parts[path].length > 0) yield announced(bytes, path, parts[path], problem)
  }
}

function hasMd5({ md5 }: TplinkParts): boolean {
  return md5 !== '00'.repeat(MD5)
}

/** What fills the image up to its length may be left out, and be counted all the same. */
function md5Holds(bytes: Bytes, region: Region, parts: TplinkParts, salts: TplinkSalts): boolean {
  const missing = endOf(region.start, parts) - region.end
  return (
    md5HoldsWith(0, bytes, region, parts, salts) ||
    (missing > 0 && missing <= MOST_FILLED && md5HoldsWith(missing, bytes, region, parts, salts))
  )
}

/** More than the flash of any such device holds. */
const MOST_FILLED = 64 * 1024 * 1024

function md5HoldsWith(
  missing: number,
  bytes: Bytes,
  { start, end }: Region,
  parts: TplinkParts,
  { md5At, normal, withBootloader }: TplinkSalts,
): boolean {
  const from = start + md5At
  if (from + MD5 > end) return false
  const hash = hashStretch(createHash('md5'), bytes, start, md5At)
  hash.update(parts.bootloader.length > 0 ? withBootloader : normal, 'hex')
  hashStretch(hash, bytes, from + MD5, end - from - MD5)
  if (missing > 0) hash.update(Buffer.alloc(missing, 0xff))
  return hash.digest('hex') === parts.md5
}

/** Printable, then NULs (or 0xff) to the end. */
export function isTplinkText(text: string): boolean {
  return /^[\x20-\x7e]+[\0\xff]*$/.test(text.replace(/\0.*$/s, '\0'))
}
