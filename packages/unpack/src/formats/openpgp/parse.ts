import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import type { Piece } from '../pieces.ts'

/** The announcement of a signature (one-pass, version 3), in the old format of packets and in the new one. */
export const STARTS = ['\x90\x0d\x03', '\xc4\x0d\x03'] as const
const ONE_PASS = 15
const TAG = { signature: 2, onePass: 4, literal: 11 } as const
/** Of a packet's tag and length. */
const MOST_HEADER = 6
const MOST_PIECES = 100_000
const MOST_SIGNATURES = 16
/** Kind, length of the name, the longest name, date. */
const MOST_LITERAL_HEADER = 2 + 255 + 4
const KINDS = 'btulm'

export interface SignedMessage {
  /** Byte string. */
  readonly name: string
  /** Seconds since 1970. */
  readonly mtime: number
  readonly size: number
  readonly pieces: readonly Piece[]
  /** True where the bytes end before the content does. */
  readonly cut: boolean
  /** Packets of their own, with their headers. */
  readonly signatures: readonly Stored[]
  readonly end: number
}

/** The message at `at`, or undefined. */
export function parseMessage(bytes: Bytes, at: number): SignedMessage | undefined {
  let place = at
  for (let index = 0; index < MOST_SIGNATURES && isOnePass(bytes, place); index++) place += ONE_PASS
  if (place === at) return undefined
  const body = literalBody(bytes, place)
  if (!body) return undefined
  const literal = literalOf(bytes, body.pieces)
  if (!literal) return undefined
  const signatures: Stored[] = []
  let end = body.end
  for (let next = signatureAt(bytes, end); next && signatures.length < MOST_SIGNATURES; ) {
    signatures.push(next)
    end += next.length
    next = signatureAt(bytes, end)
  }
  return { ...literal, cut: body.cut, signatures, end }
}

function isOnePass(bytes: Bytes, at: number): boolean {
  if (at + ONE_PASS > bytes.size) return false
  const packet = bytes.view(at, ONE_PASS)
  const [kind, hash, key] = packet.subarray(3, 6) as unknown as readonly [number, number, number]
  const isLast = packet[ONE_PASS - 1] as number
  const starts: readonly string[] = STARTS
  return starts.includes(latin1(packet.subarray(0, 3))) && kind <= 1 && hash <= 14 && key <= 30 && isLast <= 1
}

interface Body {
  readonly pieces: readonly Piece[]
  readonly cut: boolean
  readonly end: number
}

/** Where the body of a literal packet lies: in one piece, or in parts that each tell their length. */
function literalBody(bytes: Bytes, at: number): Body | undefined {
  const header = headerAt(bytes, at)
  if (header?.tag !== TAG.literal) return undefined
  const pieces: Piece[] = []
  let [length, from, isPartial, size] = [header.length, at + header.size, header.isPartial, 0]
  for (;;) {
    const there = Math.min(length, bytes.size - from)
    if (there > 0) pieces.push({ at: size, length: there, from })
    size += there
    if (there < length) return { pieces, cut: true, end: bytes.size }
    from += length
    if (!isPartial) return { pieces, cut: false, end: from }
    if (pieces.length === MOST_PIECES) return undefined
    if (from >= bytes.size) return { pieces, cut: true, end: bytes.size }
    const next = newLength(new Reader(viewOf(bytes, from, MOST_HEADER), 'big'))
    if (!next) return { pieces, cut: true, end: bytes.size }
    ;({ length, isPartial } = next)
    from += next.size
  }
}

/** The content without what stands before it, which has to lie in the first part. */
function literalOf(
  bytes: Bytes,
  pieces: readonly Piece[],
): Pick<SignedMessage, 'name' | 'mtime' | 'size' | 'pieces'> | undefined {
  const [first] = pieces
  if (!first) return undefined
  const reader = new Reader(bytes.view(first.from, Math.min(first.length, MOST_LITERAL_HEADER)), 'big')
  if (reader.left < 2 || !KINDS.includes(reader.latin1(1))) return undefined
  const nameLength = reader.u8()
  if (reader.left < nameLength + 4) return undefined
  const name = reader.latin1(nameLength)
  const mtime = reader.u32()
  const header = 2 + nameLength + 4
  const rest = pieces.map(({ at, length, from }, index) =>
    index === 0 ? { at: 0, length: length - header, from: from + header } : { at: at - header, length, from },
  )
  const last = rest.at(-1) as Piece
  return { name, mtime, size: last.at + last.length, pieces: rest.filter(({ length }) => length > 0) }
}

function signatureAt(bytes: Bytes, at: number): Stored | undefined {
  const header = headerAt(bytes, at)
  if (header?.tag !== TAG.signature || header.isPartial) return undefined
  const length = header.size + header.length
  return at + length <= bytes.size ? { at, length } : undefined
}

interface PacketHeader {
  readonly tag: number
  /** Of the header itself. */
  readonly size: number
  /** Of the body, or of its first part. */
  readonly length: number
  readonly isPartial: boolean
}

/** RFC 9580, section 4.2; undefined where none is, or one whose length is not told. */
function headerAt(bytes: Bytes, at: number): PacketHeader | undefined {
  if (at + 2 > bytes.size) return undefined
  const reader = new Reader(viewOf(bytes, at, MOST_HEADER), 'big')
  const first = reader.u8()
  if (first < 0x80) return undefined
  if ((first & 0x40) !== 0) {
    const length = newLength(reader)
    return length && { ...length, tag: first & 0x3f, size: length.size + 1 }
  }
  const width = [1, 2, 4][first & 3]
  if (width === undefined || reader.left < width) return undefined
  const length = width === 1 ? reader.u8() : width === 2 ? reader.u16() : reader.u32()
  return { tag: (first >> 2) & 0xf, size: 1 + width, length, isPartial: false }
}

function newLength(reader: Reader): Omit<PacketHeader, 'tag'> | undefined {
  const first = reader.u8()
  if (first < 192) return { size: 1, length: first, isPartial: false }
  if (first >= 224 && first < 255) return { size: 1, length: 2 ** (first & 0x1f), isPartial: true }
  if (first === 255) return reader.left < 4 ? undefined : { size: 5, length: reader.u32(), isPartial: false }
  return reader.left < 1
    ? undefined
    : { size: 2, length: (first - 192) * 256 + reader.u8() + 192, isPartial: false }
}

function viewOf(bytes: Bytes, at: number, length: number): Uint8Array {
  return bytes.view(at, Math.min(length, bytes.size - at))
}
