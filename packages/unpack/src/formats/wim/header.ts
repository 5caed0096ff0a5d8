import { type Bytes, Reader } from '@messlatte/bytes'

export const MAGICS = ['MSWIM\0\0\0', 'WLPWM\0\0\0'] as const
export const HEADER = 208
/** Images of today, and those that may hold solid resources. */
const VERSIONS = new Set([0x1_0d00, 0xe00])
const FLAG = { xpress: 0x2_0000, lzx: 0x4_0000, lzms: 0x8_0000, xpress2: 0x20_0000 } as const
const COMPRESSED = 2
export const SHA1 = 20
export const PLACE = 24
const MOST_PARTS = 65_535

/** How resources are packed that do not tell it themselves. */
export type Method = 'stored' | 'xpress' | 'lzx' | 'lzms'

/** Where a resource lies. */
export interface Place {
  /** From the start of its file, in bytes. */
  readonly at: number
  /** Bytes, packed and plain. */
  readonly packed: number
  readonly size: number
  readonly flags: number
}

/** Header of a file, little endian. */
export interface WimHeader {
  /** Whether all was written front to back, with what is known only then behind it. */
  readonly isPipable: boolean
  readonly method: Method
  /** Bytes that are compressed together; 0 where none are. */
  readonly chunkSize: number
  /** Tells files that belong together. */
  readonly id: string
  /** From 1 on. */
  readonly part: number
  readonly parts: number
  readonly images: number
  readonly blobs: Place
  readonly xml: Place
  readonly integrity: Place
  /** Bytes of the file. */
  readonly end: number
}

/** One file of a set, or the only one. */
export interface WimPart {
  /** Offset in the source, in bytes. */
  readonly start: number
  readonly header: WimHeader
}

/** Undefined for what is none. */
export function headerAt(bytes: Bytes, at: number): WimHeader | undefined {
  const header = parseHeader(bytes, at)
  if (!header?.isPipable) return header
  // It stands once more behind everything else, also where there was a way back to the first one.
  if (header.blobs.at > 0) {
    const isThere = parseHeader(bytes, at + header.end)?.id === header.id
    return isThere ? { ...header, end: header.end + HEADER } : header
  }
  // What it tells was not known when it was written.
  const last = parseHeader(bytes, bytes.size - HEADER)
  if (last?.id !== header.id || last.blobs.at === 0) return undefined
  return { ...last, end: bytes.size - at }
}

function parseHeader(bytes: Bytes, at: number): WimHeader | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  const magic = reader.latin1(8)
  const isPipable = magic === MAGICS[1]
  const [size, version, flags, chunkSize] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const id = Buffer.from(reader.take(16)).toString('hex')
  const [part, parts, images] = [reader.u16(), reader.u16(), reader.u32()]
  if (!isPipable && magic !== MAGICS[0]) return undefined
  if (size !== HEADER || !VERSIONS.has(version) || part < 1 || part > parts) return undefined
  const [blobs, xml] = [placeOf(reader), placeOf(reader)]
  // Of the image that is started: one of those in the table of blobs.
  reader.skip(PLACE + 4)
  const integrity = placeOf(reader)
  const method = methodOf(flags)
  if (method === undefined) return undefined
  // Its tables lie behind everything else.
  const ends = [blobs, xml, integrity].map((place) => place.at + place.packed)
  const end = Math.max(HEADER, ...ends)
  return { isPipable, method, chunkSize, id, part, parts, images, blobs, xml, integrity, end }
}

/** A place as headers and tables have it: packed bytes in 56 bits, flags, offset, plain bytes. */
export function placeOf(reader: Reader): Place {
  const [low, middle, high] = [reader.u32(), reader.u16(), reader.u8()]
  const flags = reader.u8()
  const [at, size] = [reader.size64(), reader.size64()]
  return { at, packed: low + (middle + high * 2 ** 16) * 2 ** 32, size, flags }
}

function methodOf(flags: number): Method | undefined {
  if ((flags & COMPRESSED) === 0) return 'stored'
  if (flags & FLAG.lzx) return 'lzx'
  if (flags & (FLAG.xpress | FLAG.xpress2)) return 'xpress'
  return flags & FLAG.lzms ? 'lzms' : undefined
}

/** The file at `at`, and those of its set that follow it directly. */
export function partsAt(bytes: Bytes, at: number): readonly WimPart[] {
  const list: WimPart[] = []
  for (let start = at; list.length < MOST_PARTS; ) {
    const header = headerAt(bytes, start)
    const last = list.at(-1)?.header
    if (!header || (last && (header.id !== last.id || header.part !== last.part + 1))) break
    list.push({ start, header })
    if (header.part === header.parts) break
    start += header.end
  }
  return list
}
