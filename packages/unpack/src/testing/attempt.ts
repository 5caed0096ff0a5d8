import { type Bytes, mappedBytes, type StreamEnd } from '@messlatte/bytes'
import { type Format, FormatError, type Region, type Sink } from '../contract.ts'
import { copyStretch } from '../formats/members.ts'
import { guarded, isTyped, MAX_CONTENT, MAX_ENTRIES, readBatches, Unbounded } from './collect.ts'
import { countingBytes } from './counting.ts'

/** A reader may look at each byte a few times, at every header, for each of its members, and twice over. */
const VIEWS_PER_BYTE = 40
const BYTES_PER_BYTE = 4000

/** Thrown where a reader names a place that is not there. */
export class Misplaced extends Error {}

/**
 * Reads as far as it goes. What comes out of it otherwise than as an error of the readers' own kinds is a fault of the
 * reader: it is thrown. Work is counted, so that it means the same on every machine.
 * @param mostContent bytes of one content from which on it is refused
 * @returns bytes of the largest content that came out
 */
export function attempt(format: Format, content: Uint8Array, mostContent = MAX_CONTENT): number {
  const bytes = bounded(content)
  const most = new Most(mostContent)
  try {
    if (format.kind === 'stream') readStream(format, bytes, most)
    else readRegion(format, bytes, most)
  } catch (error) {
    if (!isTyped(error)) throw error
  }
  return most.largest
}

/** The largest content that came out, and how large one may be. */
class Most {
  readonly #bound: number
  largest = 0

  constructor(bound: number) {
    this.#bound = bound
  }

  note(size: number): void {
    if (!(size <= this.#bound)) throw new FormatError('unsupported', `${size} bytes`)
    this.largest = Math.max(this.largest, size)
  }
}

function bounded(content: Uint8Array): Bytes {
  const size = content.length + 4096
  return countingBytes(content, size * VIEWS_PER_BYTE, size * BYTES_PER_BYTE)
}

function readStream(format: Extract<Format, { kind: 'stream' }>, bytes: Bytes, most: Most): void {
  if (!format.recognise(bytes, 0)) return
  format.contentName?.(bytes, 0)
  const { end } = decodeToNothing((write) => format.decode(bytes, 0, write), most)
  if (!(end >= 0 && end <= bytes.size)) throw new Misplaced(`a stream ends at ${end} of ${bytes.size}`)
}

function readRegion(format: Exclude<Format, { kind: 'stream' }>, bytes: Bytes, most: Most): void {
  const region = format.recognise(bytes, 0)
  if (!region) return
  assertWithin(region, bytes)
  if (format.kind === 'container') readBatches(format, bytes, region, discardingSink(bytes, region, most))
  else format.examine?.(bytes, region, () => {})
}

function assertWithin({ start, end }: Region, { size }: Bytes): void {
  if (start !== 0 || !(end > 0) || end > size)
    throw new Misplaced(`a region from ${start} to ${end} of ${size}`)
}

/** Lets contents come into being, and keeps none of them. */
function discardingSink(bytes: Bytes, region: Region, most: Most): Sink {
  let [entries, problems] = [0, 0]

  const problem: Sink['problem'] = () => {
    if (++problems > MAX_ENTRIES) throw new Unbounded('problems')
  }

  function add(): void {
    if (++entries > MAX_ENTRIES) throw new Unbounded('entries')
  }

  return {
    problem,
    spend() {},
    keys: [],
    entry: add,
    file({ path }, size, fill) {
      guarded(problem, path, () => {
        most.note(size)
        withRoom(size, fill)
        add()
      })
    },
    slice({ path }, at, length) {
      guarded(problem, path, () => {
        if (at < region.start || at + length > region.end)
          throw new Misplaced(`${path} lies outside of its region`)
        bytes.view(at, length)
        add()
      })
    },
    mapped({ path }, size, extents) {
      guarded(problem, path, () => {
        most.note(size)
        withRoom(size, (out) => copyStretch(mappedBytes(bytes, size, extents), 0, out))
        add()
      })
    },
    stream({ path }, decode) {
      guarded(problem, path, () => {
        const end = decodeToNothing(decode, most)
        if (end.problem) problem('structure', end.problem.message, path)
        add()
      })
    },
  }
}

function decodeToNothing(decode: (write: (chunk: Uint8Array) => void) => StreamEnd, most: Most): StreamEnd {
  let size = 0
  return decode((chunk) => {
    size += chunk.length
    most.note(size)
  })
}

let room = Buffer.alloc(0)

/** The same room for one content after the other: to get megabytes that are zero takes longer than most of what fills them. */
function withRoom(size: number, fill: (out: Uint8Array) => void): void {
  const mine = size <= room.length ? room : Buffer.alloc(size)
  room = Buffer.alloc(0)
  try {
    fill(mine.subarray(0, size).fill(0))
  } finally {
    room = mine
  }
}
