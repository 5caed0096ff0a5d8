import { type Bytes, Reader } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'

/** What comes first behind the start of the picture: JFIF, Exif, tables, comments, profiles. */
const FIRST_SEGMENTS = [0xe0, 0xe1, 0xe2, 0xed, 0xee, 0xdb, 0xc0, 0xc4, 0xfe]
const END = 0xd9
const SCAN = 0xda
/** A camera's data, profiles and thumbnails take some dozen. */
const MOST_SEGMENTS = 1000
const WINDOW = 64 * 1024

interface Marker {
  readonly code: number
  /** Behind it. */
  readonly end: number
}

export const jpeg = inlay(
  {
    name: 'jpeg',
    title: 'JPEG (pictures)',
    references: ['ITU-T T.81, annex B', 'ITU-T T.871 (JFIF)'],
    limits: [
      'nothing is decompressed',
      'what a camera appends behind the picture, such as a preview, is one of its own or not part of it',
    ],
    magic: FIRST_SEGMENTS.map((code) => ({ bytes: `\xff\xd8\xff${String.fromCharCode(code)}`, at: 0 })),
    carve: true,
  },
  (bytes, at) => {
    let next = at + 2
    let [frames, scans] = [0, 0]
    for (let count = 0; count < MOST_SEGMENTS; count++) {
      const marker = markerAt(bytes, next)
      if (!marker) return undefined
      const { code, end } = marker
      if (code === END) return frames > 0 && scans > 0 ? end : undefined
      const length = new Reader(bytes.view(end, 2), 'big').u16()
      if (!segmentHolds(bytes, code, end, length)) return undefined
      next = end + length
      if (isFrame(code)) frames++
      if (code !== SCAN) continue
      scans++
      next = behindScan(bytes, next)
    }
    return undefined
  },
)

/** Any number of 0xFF stands before the code. */
function markerAt(bytes: Bytes, at: number): Marker | undefined {
  const view = bytes.view(at, Math.min(16, bytes.size - at))
  const place = view.findIndex((byte) => byte !== 0xff)
  if (place < 1) return undefined
  const code = view[place] as number
  // Restarts, a second start, and what is reserved have no place between segments.
  return code < 0xc0 || (code >= 0xd0 && code <= 0xd8) ? undefined : { code, end: at + place + 1 }
}

function isFrame(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc
}

/** The lengths of what says how large the picture is, and of a scan's header, follow from the number of its components. */
function segmentHolds(bytes: Bytes, code: number, at: number, length: number): boolean {
  if (length < 2) return false
  if (isFrame(code)) {
    const components = bytes.view(at + 7, 1)[0] as number
    return components > 0 && components <= 4 && length === 8 + 3 * components
  }
  if (code !== SCAN) return true
  const components = bytes.view(at + 2, 1)[0] as number
  return components > 0 && components <= 4 && length === 6 + 2 * components
}

/** The next marker that is none of a scan: 0xFF of the data has a zero behind it, and restarts are numbered. */
function behindScan(bytes: Bytes, from: number): number {
  for (let at = from; ; at += WINDOW) {
    const view = bytes.view(at, Math.min(WINDOW + 1, bytes.size - at))
    for (let hit = view.indexOf(0xff); hit >= 0 && hit < WINDOW; hit = view.indexOf(0xff, hit + 1)) {
      const code = view[hit + 1]
      if (code === undefined) return bytes.size
      if (code !== 0 && !(code >= 0xd0 && code <= 0xd7)) return at + hit
    }
    if (view.length <= WINDOW) return bytes.size
  }
}
