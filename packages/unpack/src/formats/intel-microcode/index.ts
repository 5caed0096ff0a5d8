import { type Bytes, Reader } from '@messlatte/bytes'
import type { LeafFormat, Region } from '../../contract.ts'
import { wordSum } from '../members.ts'
import { steppedPlaces } from '../places.ts'

const HEADER = 48
/** Updates begin at multiples of this: the table by which a processor finds them (FIT) demands it. */
const STEP = 16
const VERSION = 1
/** What a size of 0 stands for: those of the first processors. */
const FIRST_SIZE = 2048
const MOST_SIZE = 16 * 1024 * 1024
/** Bits of a processor's signature that are never set: 14, 15 and the highest four. */
const NEVER_SET = 0xf000_c000

export const intelMicrocode: LeafFormat = {
  kind: 'leaf',
  name: 'intel-microcode',
  title: 'Microcode update for Intel processors',
  references: ["Intel 64 and IA-32 Architectures Software Developer's Manual, volume 3, section 10.11"],
  limits: ['the update is encrypted, and only its bounds and its sum are known'],
  magic: [],
  carve: true,

  candidates: (bytes: Bytes, gap: Region) =>
    steppedPlaces(
      bytes,
      gap,
      { step: STEP, needed: HEADER },
      (window, at) =>
        window[at] === VERSION && window[at + 1] === 0 && window[at + 2] === 0 && window[at + 3] === 0,
    ),

  recognise(bytes, at) {
    const size = sizeOf(bytes, at)
    return size === undefined ? undefined : { start: at, end: Math.min(at + size, bytes.size) }
  },

  examine(bytes, { start, end }, problem) {
    const size = sizeOf(bytes, start) as number
    if (start + size > end) problem('truncated', `${size} bytes are announced, ${end - start} are there`)
    else if (wordSum(bytes, start, size) !== 0) problem('checksum', 'its words do not add up to 0')
  },
}

/** Bytes of the update at `at`, little endian; undefined where its header does not hold. */
function sizeOf(bytes: Bytes, at: number): number | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  const version = reader.u32()
  reader.skip(4)
  const [year, day, month] = [reader.u16(), reader.u8(), reader.u8()]
  const signature = reader.u32()
  reader.skip(4)
  const loader = reader.u32()
  reader.skip(4)
  const [content, total] = [reader.u32(), reader.u32()]
  const size = total === 0 ? FIRST_SIZE : total
  // Of the twelve bytes behind, newer ones use eight: how much of it is metadata, and the lowest revision that may go back.
  reader.skip(8)
  const isHeader =
    version === VERSION &&
    loader === VERSION &&
    isBetween(year, 0x1990, 0x2099) &&
    isBetween(month, 1, 0x12) &&
    isBetween(day, 1, 0x31) &&
    signature !== 0 &&
    (signature & NEVER_SET) === 0 &&
    (content === 0) === (total === 0) &&
    content % 4 === 0 &&
    content + HEADER <= size &&
    size % 1024 === 0 &&
    size <= MOST_SIZE &&
    reader.u32() === 0
  return isHeader ? size : undefined
}

/** A binary-coded decimal number. */
function isBetween(bcd: number, least: number, most: number): boolean {
  return bcd >= least && bcd <= most && /^\d+$/.test(bcd.toString(16))
}
