import type { Bytes } from '@messlatte/bytes'
import type { Format, Region } from '../contract.ts'
import { collect, collectStream, isTyped } from './collect.ts'
import { countingBytes } from './counting.ts'

/** A reader may look at each byte a few times, at every header, for each of its members, and twice over. */
const VIEWS_PER_BYTE = 40
const BYTES_PER_BYTE = 4000

/** Thrown where a reader names a place that is not there. */
export class Misplaced extends Error {}

/**
 * Reads as far as it goes. What comes out of it otherwise than as an error of the readers' own kinds is a fault of the
 * reader: it is thrown. Work is counted, so that it means the same on every machine.
 */
export function attempt(format: Format, content: Uint8Array): void {
  const bytes = bounded(content)
  try {
    if (format.kind === 'stream') readStream(format, bytes)
    else readRegion(format, bytes)
  } catch (error) {
    if (!isTyped(error)) throw error
  }
}

function bounded(content: Uint8Array): Bytes {
  const size = content.length + 4096
  return countingBytes(content, size * VIEWS_PER_BYTE, size * BYTES_PER_BYTE)
}

function readStream(format: Extract<Format, { kind: 'stream' }>, bytes: Bytes): void {
  if (!format.recognise(bytes, 0)) return
  format.contentName?.(bytes, 0)
  const { end } = collectStream((write) => format.decode(bytes, 0, write))
  if (!(end.end >= 0 && end.end <= bytes.size))
    throw new Misplaced(`a stream ends at ${end.end} of ${bytes.size}`)
}

function readRegion(format: Exclude<Format, { kind: 'stream' }>, bytes: Bytes): void {
  const region = format.recognise(bytes, 0)
  if (!region) return
  assertWithin(region, bytes)
  if (format.kind === 'container') collect(format, bytes, region)
  else format.examine?.(bytes, region, () => {})
}

function assertWithin({ start, end }: Region, { size }: Bytes): void {
  if (start !== 0 || !(end > 0) || end > size)
    throw new Misplaced(`a region from ${start} to ${end} of ${size}`)
}
