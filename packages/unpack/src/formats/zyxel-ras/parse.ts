import { type Bytes, cString, Reader } from '@messlatte/bytes'
import { isFilled } from '../filled.ts'
import { type Stored, sumOf } from '../members.ts'

/** What the checksum of the header covers. */
const SUMMED = 2048
export const FIELDS = 116
export const FILLED = '\xff'.repeat(16)
const SUM_AT = 40
const TEXT = /^[\x21-\x7e][\x20-\x7e]*$/
/** An erase block of the flash, which the header takes. */
const ROOMS = [0x10000, 0x20000, 0x40000, 0x1000, 0x800] as const
const NONE = 0xffffffff

/** OpenWrt firmware-utils, mkrasimage.c: big endian. */
export interface ZyxelRas {
  readonly version: string
  readonly model: string
  readonly rootfs: Part
  /** Not all devices have one. */
  readonly kernel?: Part
  readonly end: number
}

interface Part extends Stored {
  /** Of 16 bits, as System V sums up. */
  readonly sum: number
}

/** The image at `at`, or undefined: the header has a checksum, and is filled up to the block that it takes. */
export function parseZyxelRas(bytes: Bytes, at: number): ZyxelRas | undefined {
  if (at + SUMMED >= bytes.size) return undefined
  const header = bytes.view(at, SUMMED)
  if (header[FIELDS] !== 0xff || header[SUMMED - 1] !== 0xff) return undefined
  const reader = new Reader(header, 'big')
  const [rootfsSum, rootfsLength] = [reader.u32(), reader.u32()]
  const version = cString(reader.take(32))
  const sum = reader.u32()
  const model = cString(reader.take(64))
  const [kernelSum, kernelLength] = [reader.u32(), reader.u32()]
  if (rootfsSum > 0xffff || rootfsLength === 0 || !TEXT.test(version) || !TEXT.test(model)) return undefined
  if (sum !== headerSum(header)) return undefined
  const room = ROOMS.find((size) => isRoom(bytes, at, size))
  if (room === undefined) return undefined
  const rootfs = { at: at + room, length: rootfsLength, sum: rootfsSum }
  const end = rootfs.at + rootfsLength
  if (kernelLength === NONE || kernelLength === 0) return { version, model, rootfs, end }
  return {
    version,
    model,
    rootfs,
    kernel: { at: end, length: kernelLength, sum: kernelSum },
    end: end + kernelLength,
  }
}

/** The room ends where what fills it does. */
function isRoom(bytes: Bytes, at: number, size: number): boolean {
  if (at + size >= bytes.size || bytes.view(at + size, 1)[0] === 0xff) return false
  return isFilled(bytes, at + FIELDS, at + size, 0xff)
}

/** The checksum of the root file system stands for its own. */
function headerSum(header: Uint8Array): number {
  let sum = 0
  for (const [place, byte] of header.entries())
    sum += place >= SUM_AT && place < SUM_AT + 4 ? (header[place - SUM_AT] as number) : byte
  return folded(sum)
}

/** @throws BytesError */
export function systemVSum(bytes: Bytes, { at, length }: Stored): number {
  return folded(sumOf(bytes, at, length))
}

function folded(sum: number): number {
  const once = (sum & 0xffff) + (sum >>> 16)
  return (once & 0xffff) + (once >>> 16)
}

/** Cheaper than a parse: whether what begins here could be such a header. */
export function looksLikeRas(bytes: Bytes, at: number): boolean {
  if (at + SUMMED >= bytes.size) return false
  const reader = new Reader(bytes.view(at, FIELDS + 1), 'big')
  return (
    reader.u16() === 0 && reader.bytes[FIELDS] === 0xff && TEXT.test(cString(reader.bytes.subarray(8, 40)))
  )
}
