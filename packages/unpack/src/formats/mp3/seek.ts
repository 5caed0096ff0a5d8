import type { Bytes } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { WINDOW, windows } from '../places.ts'
import { frameLength, isSameKind } from './frames.ts'

/** The longest frame, and the header behind it. */
const OVERLAP = 2048
const ERASED = Buffer.alloc(4096, 0xff)

/** Where two frames of one kind follow each other: voice prompts of toys and headsets have no tag before them. */
export function* frameStarts(bytes: Bytes, region: Region): Generator<number> {
  for (const { at, window } of windows(bytes, region, OVERLAP))
    for (let hit = window.indexOf(0xff); hit >= 0 && hit < WINDOW; hit = window.indexOf(0xff, hit + 1)) {
      while (isErased(window, hit)) hit += ERASED.length
      if (isFollowed(window, hit)) yield at + hit
    }
}

function isErased(window: Buffer, at: number): boolean {
  // Every 0xff of a content comes here: its neighbour and the last byte tell most of them apart without a comparison.
  if (window[at + 1] !== 0xff || window[at + ERASED.length - 1] !== 0xff) return false
  return window.subarray(at, at + ERASED.length).equals(ERASED)
}

function isFollowed(window: Buffer, at: number): boolean {
  if (at + 4 > window.length || (window[at + 1] as number) < 0xe2 || window[at + 1] === 0xff) return false
  const header = window.subarray(at, at + 4)
  const length = frameLength(header)
  if (length === undefined || at + length + 4 > window.length) return false
  const next = window.subarray(at + length, at + length + 4)
  return isSameKind(next, header) && frameLength(next) !== undefined
}
