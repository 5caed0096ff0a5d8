import type { Bytes, Extent } from '@messlatte/bytes'
import { isZero, type Stored } from '../members.ts'

/** Bytes of each 4 KiB of a serial flash that the ROM of some processors reads; the others are zeros. */
const SPREAD_BLOCK = 2048

/**
 * U-Boot, tools/rkspi.c: the header's block is followed by an empty one, and so is the first block of the program. What the
 * end of the bytes cuts off speaks for nothing.
 */
export function isSpread(bytes: Bytes, at: number): boolean {
  const from = (block: number) => at + block * SPREAD_BLOCK
  const isEmpty = (block: number) => isZero(bytes, from(block), from(block + 1))
  return isEmpty(1) && (from(2) >= bytes.size || !isEmpty(2)) && isEmpty(3)
}

/** The blocks that count, up to the end of the region: every other one. */
export function piecesOf({ at, length }: Stored, start: number, end: number): readonly Extent[] {
  const pieces: Extent[] = []
  for (let done = 0; done < length; ) {
    const place = at + done
    const within = place % SPREAD_BLOCK
    const from = start + 2 * (place - within) + within
    const there = Math.min(SPREAD_BLOCK - within, length - done, end - from)
    if (there <= 0) break
    pieces.push({ at: done, length: there, from })
    done += there
  }
  return pieces
}
