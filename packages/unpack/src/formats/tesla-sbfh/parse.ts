import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'SBFH\x1c\x01\0\0'
const HEADER = 0x11c
const SIZE_AT = 15
const INNER = 'MRVL'
const INNER_MARK = 0x2e9cf17b
const INNER_HEADER = 20
const SEGMENT = 20
const MOST_SEGMENTS = 9
const KIND = 2

/** unblob, handlers/archive/tesla/sbfh.py: little endian. */
export interface TeslaSbfh {
  readonly segments: readonly SbfhSegment[]
  readonly end: number
}

export interface SbfhSegment extends Stored {
  /** Where it goes in memory. */
  readonly address: number
  /** CRC-32 that begins with zero and is not inverted. */
  readonly crc: number
}

/** The firmware at `at`, or undefined: segments lie within what the header announces. */
export function parseTeslaSbfh(bytes: Bytes, at: number): TeslaSbfh | undefined {
  const inner = at + HEADER
  if (inner + INNER_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const size = new Reader(reader.bytes, 'little', SIZE_AT).u32()
  const marvell = new Reader(bytes.view(inner, INNER_HEADER), 'little')
  if (marvell.latin1(INNER.length) !== INNER || marvell.u32() !== INNER_MARK) return undefined
  marvell.skip(4)
  const count = marvell.u32()
  const table = INNER_HEADER + count * SEGMENT
  if (count === 0 || count > MOST_SEGMENTS || table > size || inner + table > bytes.size) return undefined
  const rows = new Reader(bytes.view(inner + INNER_HEADER, count * SEGMENT), 'little')
  const segments: SbfhSegment[] = []
  for (let index = 0; index < count; index++) {
    const [kind, offset, length, address, crc] = [rows.u32(), rows.u32(), rows.u32(), rows.u32(), rows.u32()]
    if (kind !== KIND || offset < table || offset + length > size) return undefined
    segments.push({ at: inner + offset, length, address, crc })
  }
  return { segments, end: inner + size }
}
