import { type Bytes, Reader } from '@messlatte/bytes'

/** A file, and a header that stands alone. */
export const MAGIC = '\0ZCK1'
export const DETACHED = '\0ZHR1'
/** Bytes of the magic, two numbers and the longest digest. */
const MOST_LEAD = 5 + 10 + 10 + 32
/** Of the header, in bytes: hundreds of thousands of chunks. */
const MOST_HEADER = 8 * 1024 * 1024
const [STREAMS, OPTIONAL, UNCOMPRESSED] = [1, 2, 4] as const
/** Digests by their number; those of the header and of all data are the first two. */
const ALGORITHMS = [
  { name: 'sha1', length: 20 },
  { name: 'sha256', length: 32 },
  { name: 'sha512', length: 64 },
  { name: 'sha512', length: 16 },
] as const

/** A digest, of which the first bytes are kept. */
export interface Digest {
  readonly algorithm: 'sha1' | 'sha256' | 'sha512'
  readonly value: Buffer
}

/** Sizes in bytes; `at` in the source. */
export interface Chunk {
  readonly at: number
  readonly length: number
  /** When it is decompressed. */
  readonly size: number
  readonly digest: Digest
  /** Lies as it is, although others are compressed. */
  readonly stored: boolean
}

export interface Zchunk {
  readonly detached: boolean
  readonly compression: 'none' | 'zstd'
  /** Where the digest of the header stands, which is over all of the header but itself. */
  readonly headerDigest: Digest
  readonly headerDigestAt: number
  readonly headerEnd: number
  /** Of all that lies behind the header; undefined where nobody wrote it. */
  readonly dataDigest: Digest | undefined
  readonly dictionary: Chunk
  readonly chunks: readonly Chunk[]
  /** Behind the last chunk. */
  readonly end: number
}

/** The file at `at`, as far as its header tells; undefined for what is none. */
export function parseZchunk(bytes: Bytes, at: number): Zchunk | undefined {
  const lead = new Reader(bytes.view(at, Math.min(MOST_LEAD, bytes.size - at)), 'little')
  const magic = lead.latin1(MAGIC.length)
  if (magic !== MAGIC && magic !== DETACHED) return undefined
  const algorithm = compressedInteger(lead)
  if (algorithm > 1) return undefined
  const headerSize = compressedInteger(lead)
  const headerDigestAt = at + lead.at
  const headerDigest = digestOf(lead, algorithm)
  const headerEnd = at + lead.at + headerSize
  if (headerSize > MOST_HEADER || headerEnd > bytes.size) return undefined
  const reader = new Reader(bytes.view(at + lead.at, headerSize), 'little')
  const preface = readPreface(reader, algorithm)
  const index = preface && readIndex(reader, preface.flags, headerEnd)
  if (!index || !skipSignatures(reader) || reader.at !== headerSize) return undefined
  const { dataDigest, compression } = preface
  return {
    detached: magic === DETACHED,
    compression,
    headerDigest,
    headerDigestAt,
    headerEnd,
    dataDigest,
    ...index,
  }
}

interface Preface {
  readonly dataDigest: Digest | undefined
  readonly flags: number
  readonly compression: Zchunk['compression']
}

function readPreface(reader: Reader, algorithm: number): Preface | undefined {
  const digest = digestOf(reader, algorithm)
  const flags = compressedInteger(reader)
  const compression = compressedInteger(reader)
  if (flags > (STREAMS | OPTIONAL | UNCOMPRESSED) || (compression !== 0 && compression !== 2))
    return undefined
  if (flags & OPTIONAL) {
    for (let left = compressedInteger(reader); left > 0; left--) {
      compressedInteger(reader)
      reader.skip(compressedInteger(reader))
    }
  }
  return {
    dataDigest: flags & UNCOMPRESSED ? undefined : digest,
    flags,
    compression: compression === 0 ? 'none' : 'zstd',
  }
}

function readIndex(
  reader: Reader,
  flags: number,
  bodyAt: number,
): Pick<Zchunk, 'dictionary' | 'chunks' | 'end'> | undefined {
  const size = compressedInteger(reader)
  const from = reader.at
  const algorithm = compressedInteger(reader)
  const count = compressedInteger(reader)
  if (algorithm >= ALGORITHMS.length || count === 0 || count > size) return undefined
  const chunks: Chunk[] = []
  let at = bodyAt
  for (let left = count; left > 0; left--) {
    if (flags & STREAMS) compressedInteger(reader)
    const packed = digestOf(reader, algorithm)
    const plain = flags & UNCOMPRESSED ? digestOf(reader, algorithm) : undefined
    const [length, unpacked] = [compressedInteger(reader), compressedInteger(reader)]
    const stored = plain !== undefined && length === unpacked && packed.value.every((byte) => byte === 0)
    chunks.push({ at, length, size: unpacked, digest: stored ? plain : packed, stored })
    at += length
  }
  const [dictionary, ...rest] = chunks
  if (!dictionary || reader.at !== from + size || !Number.isSafeInteger(at)) return undefined
  return { dictionary, chunks: rest, end: at }
}

function skipSignatures(reader: Reader): boolean {
  for (let left = compressedInteger(reader); left > 0; left--) {
    compressedInteger(reader)
    reader.skip(compressedInteger(reader))
  }
  return true
}

function digestOf(reader: Reader, number: number): Digest {
  const { name, length } = ALGORITHMS[number] as (typeof ALGORITHMS)[number]
  return { algorithm: name, value: Buffer.from(reader.take(length)) }
}

/** Seven bits a byte, the lowest first; the last byte has its top bit set. @throws BytesError */
function compressedInteger(reader: Reader): number {
  let value = 0
  for (let unit = 1; ; unit *= 128) {
    const byte = reader.u8()
    value += (byte & 0x7f) * unit
    if (byte & 0x80) return value
    if (unit > Number.MAX_SAFE_INTEGER) return Number.POSITIVE_INFINITY
  }
}
