import { consistsOf, type Endian, Reader } from '@messlatte/bytes'
import { LOWEST_SEQUENCE, type Tags } from './chunk.ts'

/** Where the eight bytes of the tags stand among the 16 spare bytes of YAFFS1: between the codes for errors of the page. */
const TAG_BYTES = [0, 1, 2, 3, 6, 7, 11, 12]
/** Less than seven bits of this byte are set once a page is deleted. */
const PAGE_STATUS = 4
const LEAST_BITS = 7
/** The bytes and bits in which the code for errors of the tags itself stands. */
const CODE_BITS: Readonly<Record<Endian, readonly [number, number]>> = {
  little: [0xfc, 0x3f],
  big: [0x3f, 0xfc],
}

/** Yaffs 2, core/yaffs_guts.h (`yaffs_tags`, `yaffs_spare`): fields of bits, from the lowest on or from the highest one on. */
export function readTags1(spare: Uint8Array, endian: Endian): Tags | 'erased' | undefined {
  if (consistsOf(spare, 0xff)) return 'erased'
  const tags = Uint8Array.from(TAG_BYTES, (at) => spare[at] as number)
  const reader = new Reader(tags, endian)
  const [first, second] = [reader.u32(), reader.u32()]
  const isLittle = endian === 'little'
  const chunk = isLittle ? first & 0xf_ffff : first >>> 12
  const bytes = isLittle ? first >>> 22 : first & 0x3ff
  const object = isLittle ? second & 0x3_ffff : second >>> 14
  const code = (isLittle ? second >>> 18 : second >>> 2) & 0xfff
  if (object === 0 || code !== codeOf(tags, endian)) return undefined
  if (isDeleted(spare)) return 'erased'
  return { sequence: LOWEST_SEQUENCE, object, chunk, bytes: chunk === 0 ? 0 : bytes }
}

function isDeleted(spare: Uint8Array): boolean {
  const status = spare[PAGE_STATUS] as number
  return status.toString(2).replaceAll('0', '').length < LEAST_BITS
}

/** The numbers of all bits that are set, combined; the code itself counts as zero. */
function codeOf(tags: Uint8Array, endian: Endian): number {
  const [sixth, seventh] = CODE_BITS[endian]
  const bare = Uint8Array.from(tags)
  bare[6] = (bare[6] as number) & ~sixth
  bare[7] = (bare[7] as number) & ~seventh
  let code = 0
  for (const [index, byte] of bare.entries())
    for (let bit = 0; bit < 8; bit++) if ((byte >>> bit) & 1) code ^= index * 8 + bit + 1
  return code
}
