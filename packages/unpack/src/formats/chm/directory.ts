import { type Bytes, BytesError, latin1, Reader } from '@messlatte/bytes'
import type { Sink } from '../../contract.ts'
import type { ChmHeader } from './header.ts'

const LISTING = 'PMGL'
const INDEX = 'PMGI'
const LISTING_HEADER = 20
/** Groups of seven bits that a number within 2^53 has. */
const MOST_GROUPS = 7

/** What a name leads to: bytes of a section. */
export interface ChmEntry {
  /** Byte string (UTF-8). */
  readonly name: string
  /** 0 holds its contents as they are. */
  readonly section: number
  readonly at: number
  /** Bytes. */
  readonly size: number
}

/** All entries, chunk by chunk; a damaged chunk costs itself. */
export function* entriesOf(
  bytes: Bytes,
  start: number,
  { chunksAt, chunkSize, chunks }: ChmHeader,
  problem: Sink['problem'],
): Generator<ChmEntry> {
  for (let index = 0; index < chunks; index++) {
    const at = start + chunksAt + index * chunkSize
    if (at + chunkSize > bytes.size) return problem('truncated', 'the file ends within its directory')
    const chunk = bytes.view(at, chunkSize)
    const kind = latin1(chunk.subarray(0, LISTING.length))
    if (kind === LISTING) yield* entriesIn(chunk, index, problem)
    else if (kind !== INDEX) problem('structure', `chunk ${index} of the directory is none`)
  }
}

function* entriesIn(chunk: Uint8Array, index: number, problem: Sink['problem']): Generator<ChmEntry> {
  const free = new Reader(chunk, 'little', LISTING.length).u32()
  const end = chunk.length - free
  const reader = new Reader(chunk.subarray(0, Math.max(0, end)), 'little', LISTING_HEADER)
  if (end < LISTING_HEADER) return problem('structure', `chunk ${index} of the directory is none`)
  try {
    while (reader.left > 0) {
      const name = reader.latin1(numberIn(reader))
      yield { name, section: numberIn(reader), at: numberIn(reader), size: numberIn(reader) }
    }
  } catch (error) {
    if (!(error instanceof BytesError)) throw error
    problem('structure', `chunk ${index} of the directory ends within an entry`)
  }
}

/** Groups of seven bits, the highest first; a set upper bit says that another one follows. @throws BytesError */
function numberIn(reader: Reader): number {
  let value = 0
  for (let group = 0; group < MOST_GROUPS; group++) {
    const byte = reader.u8()
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return value
  }
  throw new BytesError('out-of-range', 'a number of more than 49 bits')
}
