import { type Bytes, Reader } from '@messlatte/bytes'

/** By the chip that an image is for. */
export const MAGICS = ['CC13x2R1', 'CC26x2R1', 'CC13x4  ', 'CC26x4  ', 'CC26x3  ', 'CC23x0R2']
const HEADER = 44
/** Behind the magic and the CRC. */
export const CRC_FROM = 12
const LENGTH_AT = 24
const HEADER_BYTES_AT = 40
const SEGMENT = 8
const ADDRESS = 4
const MOST_SEGMENTS = 32
/** Flash of these chips, and of the one beside them. */
const MOST = 4 * 1024 * 1024
/** Kinds of segments with a place of their own; others are named by their numbers. */
const IMAGE = 1
const SECURITY = 3

export interface TiOadSegment {
  readonly name: string
  readonly image: boolean
  /** Of its content. */
  readonly at: number
  /** Bytes. */
  readonly length: number
}

/** Little endian; the source is that of `tiOad`. */
export interface TiOad {
  readonly crc: number
  readonly segments: readonly TiOadSegment[]
  readonly end: number
}

/** The image at `at`, or undefined: its segments have to make up all of it. */
export function parseTiOad(bytes: Bytes, at: number): TiOad | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'little')
  if (!MAGICS.includes(reader.latin1(8))) return undefined
  const crc = reader.u32()
  reader.at = LENGTH_AT
  const length = reader.u32()
  const headerBytes = new Reader(header, 'little', HEADER_BYTES_AT).u16()
  const end = at + length
  if (headerBytes !== HEADER || length > MOST || end > bytes.size) return undefined
  const segments: TiOadSegment[] = []
  let place = at + HEADER
  while (place + SEGMENT <= end && segments.length < MOST_SEGMENTS) {
    const segment = new Reader(bytes.view(place, SEGMENT), 'little')
    const kind = segment.u8()
    segment.skip(3)
    const size = segment.u32()
    const front = kind === IMAGE ? SEGMENT + ADDRESS : SEGMENT
    if (size < front || place + size > end) return undefined
    segments.push({ name: nameOf(kind), image: kind === IMAGE, at: place + front, length: size - front })
    place += size
  }
  return place === end && segments.some(({ image }) => image) ? { crc, segments, end } : undefined
}

function nameOf(kind: number): string {
  if (kind === IMAGE) return 'image'
  return kind === SECURITY ? 'security' : `segment-${kind}`
}
