import { type Bytes, Reader } from '@messlatte/bytes'
import { type StoredMember, wrapped } from '../members.ts'

export const MAGIC = '\xd6\xc3\xc4'
/** Versions: that of the RFC, and that of SDCH. */
const VERSIONS = [0, 0x53]
const MOST_WINDOWS = 200_000
/** Numbers of ten bytes at most: the head of a window has eight of them, two flags and a checksum. */
const MOST_HEAD = 96
const [COMPRESSOR, CODE_TABLE, APPLICATION] = [1, 2, 4] as const
const [FROM_SOURCE, FROM_TARGET, ADLER32] = [1, 2, 4] as const
const DATA_COMPRESSED = 1

export interface Vcdiff {
  /** What the new file has and the old one has not, under the place of its window in the new one; only where it is not compressed. */
  readonly literals: readonly StoredMember[]
  readonly end: number
  /** The bytes end within the last window: the literal that is not whole, where it has one. */
  readonly cut?: { readonly path: string | undefined }
}

/** The delta at `at` with all of its windows; undefined where there is no window that holds. */
export function parseVcdiff(bytes: Bytes, at: number): Vcdiff | undefined {
  const literals: StoredMember[] = []
  const head = new Reader(bytes.view(at, Math.min(5 + 1 + 10, bytes.size - at)), 'big', MAGIC.length)
  if (!VERSIONS.includes(head.u8())) return undefined
  const first = headerEnd(bytes, at, head)
  if (first === undefined) return undefined
  let [place, made] = [first, 0]
  for (let windows = 0; windows < MOST_WINDOWS; windows++) {
    const window = place < bytes.size ? windowAt(bytes, place) : undefined
    if (window === 'cut')
      return windows === 0 ? undefined : { literals, end: bytes.size, cut: { path: undefined } }
    if (!window) return windows === 0 ? undefined : { literals, end: place }
    const { dataAt, dataLength, dataCompressed, targetLength, end } = window
    if (dataLength > 0 && !dataCompressed && dataAt < bytes.size)
      literals.push({
        meta: wrapped(`data-0x${made.toString(16)}`),
        content: { at: dataAt, length: Math.min(dataLength, bytes.size - dataAt) },
      })
    if (end > bytes.size) {
      const path = dataAt + dataLength > bytes.size ? literals.at(-1)?.meta.path : undefined
      return windows === 0 ? undefined : { literals, end: bytes.size, cut: { path } }
    }
    made += targetLength
    place = end
  }
  return undefined
}

/** Behind the header, of which the two parts with a length are skipped. */
function headerEnd(bytes: Bytes, at: number, reader: Reader): number | undefined {
  const flags = reader.u8()
  if (flags > (COMPRESSOR | CODE_TABLE | APPLICATION)) return undefined
  if (flags & COMPRESSOR) reader.skip(1)
  // A code table of one's own is a delta itself.
  if (flags & CODE_TABLE) return undefined
  if (!(flags & APPLICATION)) return at + reader.at
  const length = number(reader)
  const end = at + reader.at + length
  return end <= bytes.size ? end : undefined
}

interface Window {
  readonly targetLength: number
  readonly dataAt: number
  readonly dataLength: number
  readonly dataCompressed: boolean
  readonly end: number
}

/** The window at `at`, whose lengths agree with each other; undefined for what is none, `cut` where the bytes end within its head. */
function windowAt(bytes: Bytes, at: number): Window | 'cut' | undefined {
  const there = Math.min(MOST_HEAD, bytes.size - at)
  const head = Buffer.alloc(MOST_HEAD)
  head.set(bytes.view(at, there))
  const reader = new Reader(head, 'big')
  const flags = reader.u8()
  if (flags > (FROM_SOURCE | FROM_TARGET | ADLER32)) return undefined
  const from = flags & (FROM_SOURCE | FROM_TARGET)
  if (from === (FROM_SOURCE | FROM_TARGET)) return undefined
  if (from !== 0) {
    number(reader)
    number(reader)
  }
  const length = number(reader)
  const encoded = reader.at
  const targetLength = number(reader)
  const compressed = reader.u8()
  if (compressed > 7) return undefined
  const [dataLength, instructions, addresses] = [number(reader), number(reader), number(reader)]
  if (flags & ADLER32) reader.skip(4)
  // Zeros in front of the end begin no window.
  if (reader.at > there) return flags === 0 ? undefined : 'cut'
  const told = reader.at - encoded + dataLength + instructions + addresses
  if (told !== length || instructions === 0 || targetLength === 0 || !Number.isSafeInteger(at + told))
    return undefined
  return {
    targetLength,
    dataAt: at + reader.at,
    dataLength,
    dataCompressed: (compressed & DATA_COMPRESSED) !== 0,
    end: at + encoded + length,
  }
}

/** Seven bits a byte, the highest first; all bytes but the last have their top bit set. @throws BytesError */
function number(reader: Reader): number {
  let value = 0
  for (let bytes = 0; bytes < 10; bytes++) {
    const byte = reader.u8()
    value = value * 128 + (byte & 0x7f)
    if (!(byte & 0x80)) return value
  }
  return Number.POSITIVE_INFINITY
}
