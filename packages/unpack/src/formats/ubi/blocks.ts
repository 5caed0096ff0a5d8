import { type Bytes, createSearch, sliceBytes } from '@messlatte/bytes'
import type { Region, Sink } from '../../contract.ts'
import { crc32Of } from '../members.ts'
import { EC_MAGIC, type EcHeader, HEADER, readEcHeader, readVidHeader, type VidHeader } from './headers.ts'

/** Erase blocks of flash are within these, in bytes. */
const LEAST_BLOCK = 1024
const MOST_BLOCK = 16 * 1024 * 1024
/** Blocks in a row that may be bad or erased before the image counts as over. */
const MOST_GAP = 64
/** Distances that are looked at: a bad block doubles one of them. */
const DISTANCES = 32

const search = createSearch([EC_MAGIC])

/** How an image is divided, and where its last block ends. */
export interface Geometry extends EcHeader {
  /** Bytes of a physical erase block. */
  readonly blockSize: number
  /** Behind the last block, or the end of the bytes within that. */
  readonly end: number
}

/** A block of a volume, and where its data begins. */
export interface PlacedBlock extends VidHeader {
  readonly at: number
}

/** Finds the size of the erase blocks by where the next ones begin. */
export function readGeometry(bytes: Bytes, start: number): Geometry | undefined {
  const first = readEcHeader(bytes, start)
  if (!first) return undefined
  let blockSize = Number.POSITIVE_INFINITY
  let at = start
  for (let index = 0; index < DISTANCES; index++) {
    const next = nextHeader(bytes, at)
    if (next === undefined || !isSameImage(first, readEcHeader(bytes, next))) break
    blockSize = Math.min(blockSize, next - at)
    at = next
  }
  if (blockSize > MOST_BLOCK || blockSize < Math.max(LEAST_BLOCK, first.dataAt + 1)) return undefined
  return { ...first, blockSize, end: endOf(bytes, start, first, blockSize) }
}

function nextHeader(bytes: Bytes, from: number): number | undefined {
  const window = sliceBytes(bytes, 0, Math.min(bytes.size, from + MOST_BLOCK + HEADER))
  let found: number | undefined
  search(
    window,
    (_, at) => {
      if (readEcHeader(window, at)) found = at
      return found === undefined
    },
    from + LEAST_BLOCK,
  )
  return found
}

function isSameImage(first: EcHeader, other: EcHeader | undefined): boolean {
  return (
    other !== undefined &&
    other.vidAt === first.vidAt &&
    other.dataAt === first.dataAt &&
    (other.imageSequence === first.imageSequence || other.imageSequence === 0 || first.imageSequence === 0)
  )
}

function endOf(bytes: Bytes, start: number, first: EcHeader, blockSize: number): number {
  let end = start
  for (let at = start; at - end <= MOST_GAP * blockSize && at + HEADER <= bytes.size; at += blockSize) {
    const header = readEcHeader(bytes, at)
    if (isSameImage(first, header)) end = at + blockSize
    // Another image begins.
    else if (header) break
  }
  return Math.min(end, bytes.size)
}

/** The blocks that count, by volume and by their number in it. What is damaged is told. */
export function readBlocks(
  bytes: Bytes,
  { start, end }: Region,
  { blockSize, vidAt, dataAt }: Geometry,
  problem: Sink['problem'],
): ReadonlyMap<number, ReadonlyMap<number, PlacedBlock>> {
  const volumes = new Map<number, Map<number, PlacedBlock>>()
  let damaged = 0
  for (let at = start; at < end; at += blockSize) {
    const header = readVidHeader(bytes, at + vidAt)
    if (!header) {
      if (!isErased(bytes, at + vidAt)) damaged++
      continue
    }
    const blocks = volumes.get(header.volume) ?? new Map<number, PlacedBlock>()
    volumes.set(header.volume, blocks)
    const placed = { ...header, at: at + dataAt }
    const known = blocks.get(header.block)
    blocks.set(header.block, known ? newerOf(bytes, known, placed) : placed)
  }
  if (damaged > 0) problem('checksum', `${damaged} erase blocks do not say which volume they belong to`)
  return volumes
}

/** What lies behind the end of the bytes is told elsewhere. */
function isErased(bytes: Bytes, at: number): boolean {
  return at >= bytes.size || bytes.view(at, Math.min(HEADER, bytes.size - at)).every((byte) => byte === 0xff)
}

/** A copy that was not finished does not count: then its original does. */
function newerOf(bytes: Bytes, a: PlacedBlock, b: PlacedBlock): PlacedBlock {
  const [older, newer] = a.sequence <= b.sequence ? [a, b] : [b, a]
  return newer.copied && !matches(bytes, newer) ? older : newer
}

/** Whether the data of a block has the CRC that its header tells. */
export function matches(bytes: Bytes, { at, dataSize, dataCrc }: PlacedBlock): boolean {
  if (at + dataSize > bytes.size) return false
  return ~crc32Of(bytes, at, dataSize) >>> 0 === dataCrc
}
