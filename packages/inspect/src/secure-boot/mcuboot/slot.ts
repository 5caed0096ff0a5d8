import type { Bytes } from '@messlatte/bytes'
import type { SlotTrailer } from './facts.ts'

/** Bytes: the magic number at the end of a slot. */
const MAGIC = 16
const WIDE_MAGIC = Buffer.from('5d29410b8d77679c110f1f8a', 'hex')
const NARROW_ALIGN = 8
const MAX_ALIGN = 64
const SWAPS = ['none', 'test', 'permanent', 'revert', 'fail'] as const

/**
 * The trailer at the end of a slot that holds an image which ends at `end`; MCUboot, docs/design.md, Image trailer. The
 * fields lie before the magic number, each in a unit of the flash's alignment, which wide magic numbers begin with.
 */
export function readTrailer(bytes: Bytes, end: number): SlotTrailer | undefined {
  const offset = bytes.size - MAGIC
  if (offset < end) return undefined
  const magic = bytes.view(offset, MAGIC)
  const isWide = WIDE_MAGIC.equals(magic.subarray(4))
  const align = isWide ? (magic[0] ?? 0) + 256 * (magic[1] ?? 0) : NARROW_ALIGN
  if (align < NARROW_ALIGN || align > MAX_ALIGN) return undefined
  const fields = bytes.size - Math.ceil(MAGIC / align) * align
  if (fields - 3 * align < end) return undefined
  const field = (index: number) => bytes.view(fields - index * align, 1)[0] as number
  return { offset, imageOk: flagOf(field(1)), copyDone: flagOf(field(2)), swap: swapOf(field(3)) }
}

function flagOf(byte: number): SlotTrailer['imageOk'] {
  return byte === 1 ? 'set' : byte === 0xff ? 'unset' : 'other'
}

/** The low half of the byte; the high one is the number of the image. */
function swapOf(byte: number): SlotTrailer['swap'] {
  return byte === 0xff ? 'unset' : (SWAPS[(byte & 15) - 1] ?? 'other')
}
