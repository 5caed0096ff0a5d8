import { type Bytes, Reader } from '@messlatte/bytes'

/** 0x0FF0A55A. */
export const MAGIC = '\x5a\xa5\xf0\x0f'
export const MAGIC_AT = 16

const DESCRIPTOR = 4096
const BLOCK = 4096
const MOST_REGIONS = 16
const NOT_WRITTEN = 0xffff_ffff
const BLOCK_BITS = 0x7fff

const NAMES = [
  'descriptor',
  'bios',
  'me',
  'gbe',
  'pdr',
  'device-expansion-1',
  'bios-2',
  'microcode',
  'ec',
  'device-expansion-2',
  'ie',
  '10gbe-a',
  '10gbe-b',
  'region-13',
  'region-14',
  'ptt',
] as const

/** A region of the flash chip, in bytes from its start. */
export interface FlashRegion {
  readonly name: string
  readonly start: number
  /** Behind the last byte. */
  readonly end: number
}

/** The regions of the chip whose descriptor lies at `at`, ascending; undefined where there is none. */
export function parseFlashDescriptor(bytes: Bytes, at: number): readonly FlashRegion[] | undefined {
  if (at + DESCRIPTOR > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, DESCRIPTOR), 'little', MAGIC_AT)
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [map0, map1] = [reader.u32(), reader.u32()]
  const regionsAt = (map0 >>> 12) & 0xff0
  const mastersAt = (map1 << 4) & 0xff0
  if (regionsAt < 0x30) return undefined
  // Chipsets differ in how many regions they know: the section of the masters follows.
  const count = mastersAt > regionsAt ? Math.min((mastersAt - regionsAt) / 4, MOST_REGIONS) : MOST_REGIONS
  reader.at = regionsAt
  if (count * 4 > reader.left) return undefined
  const words = Array.from({ length: count }, () => reader.u32())
  // The first region is the descriptor itself: one block at the start.
  if (words[0] !== 0) return undefined
  const regions = words.flatMap(regionOf).toSorted((a, b) => a.start - b.start)
  // Without a further region in it, this is a descriptor that was cut out of its chip.
  return regions.some(({ start }) => start > 0 && at + start < bytes.size) ? regions : undefined
}

/** First block in the lower half, last block in the upper one; unused ones end before they begin. */
function regionOf(word: number, index: number): readonly FlashRegion[] {
  const first = word & BLOCK_BITS
  const last = (word >>> 16) & BLOCK_BITS
  const isUnused = word === NOT_WRITTEN || last < first || (index > 0 && first === 0)
  const name = NAMES[index] as string
  return isUnused ? [] : [{ name, start: first * BLOCK, end: (last + 1) * BLOCK }]
}
