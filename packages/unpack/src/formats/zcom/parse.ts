import { type Bytes, Reader } from '@messlatte/bytes'
import { crc32Of, type Stored } from '../members.ts'

export const MAGIC = 'firm'
const PARTS = [
  ['Kimg', 'kernel'],
  ['Rimg', 'rootfs'],
] as const
/** Bytes of a header, and of the hardware and the CRC behind what it is of. */
const HEADER = 16
const TAIL = 8
const MOST = 64 * 1024 * 1024

/** OpenWrt firmware-utils, mkzcfw.c: headers are little endian, tails big endian. */
export interface Zcom {
  /** What the last CRC covers. */
  readonly whole: Stored
  readonly parts: readonly ZcomPart[]
  readonly end: number
}

interface ZcomPart {
  readonly path: string
  readonly content: Stored
  readonly summed: Stored
}

/** The image at `at`, or undefined where its parts do not fill it. */
export function parseZcom(bytes: Bytes, at: number): Zcom | undefined {
  const length = lengthAt(bytes, at, MAGIC)
  if (length === undefined) return undefined
  const parts: ZcomPart[] = []
  let place = at + HEADER
  for (const [magic, path] of PARTS) {
    const size = lengthAt(bytes, place, magic)
    // What is cut off before a part begins cannot be told from what never was one.
    if (size === undefined) return undefined
    const from = place + HEADER
    parts.push({ path, content: { at: from, length: size - TAIL }, summed: { at: from, length: size - 4 } })
    place = from + size
  }
  const end = at + HEADER + length
  if (place + TAIL !== end) return undefined
  return { whole: { at: at + HEADER, length: length - 4 }, parts, end }
}

function lengthAt(bytes: Bytes, at: number, magic: string): number | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(magic.length) !== magic) return undefined
  const length = reader.u32()
  return length > TAIL && length <= MOST ? length : undefined
}

/** The CRC that ends at `end`. @throws BytesError */
export function crcAt(bytes: Bytes, end: number): number {
  return new Reader(bytes.view(end - 4, 4), 'big').u32()
}

/** CRC-32 that begins with zero and is not inverted at its end. @throws BytesError */
export function crcOfZcom(bytes: Bytes, { at, length }: Stored): number {
  return ~crc32Of(bytes, at, length, 0xffff_ffff) >>> 0
}
