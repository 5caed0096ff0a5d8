import { DerError } from './error.ts'

/** Depth and elements beyond what any certificate or signature has. */
const MOST_DEPTH = 32
const MOST_ELEMENTS = 200_000
const OCTET_STRING = 0x04
const CONSTRUCTED = 0x20
/** Bytes of a whole structure that is rewritten. */
const MOST_BYTES = 16 * 1024 * 1024

/**
 * BER as DER, as far as lengths and octet strings in pieces go: what signers that stream write (indefinite lengths), and
 * what OpenSSL and the kernel read. What was DER before comes out byte for byte.
 * @returns the element in DER, and how many bytes of BER it took
 * @throws DerError
 */
export function derOfBer(ber: Uint8Array): { readonly der: Uint8Array; readonly taken: number } {
  if (ber.length > MOST_BYTES) throw new DerError('too-much', `${ber.length} bytes of BER`)
  const work = { elements: 0 }
  const { der, end } = convert(ber, 0, ber.length, 0, work)
  return { der, taken: end }
}

interface Converted {
  readonly der: Buffer
  /** Behind the element. */
  readonly end: number
}

function convert(
  ber: Uint8Array,
  at: number,
  limit: number,
  depth: number,
  work: { elements: number },
): Converted {
  if (depth > MOST_DEPTH || ++work.elements > MOST_ELEMENTS)
    throw new DerError('too-much', `an element at ${at} lies too deep or is one too many`)
  const { tag, start, length } = header(ber, at, limit)
  if ((tag & CONSTRUCTED) === 0) {
    if (length === undefined) throw new DerError('length', `a primitive element without a length at ${at}`)
    return { der: element(tag, [ber.subarray(start, start + length)]), end: start + length }
  }
  const { pieces, end } = members(
    ber,
    start,
    length === undefined ? limit : start + length,
    length,
    depth,
    work,
  )
  if (tag !== (OCTET_STRING | CONSTRUCTED)) return { der: element(tag, pieces), end }
  return { der: element(OCTET_STRING, pieces.map(octets)), end }
}

function members(
  ber: Uint8Array,
  start: number,
  limit: number,
  length: number | undefined,
  depth: number,
  work: { elements: number },
): { readonly pieces: readonly Buffer[]; readonly end: number } {
  const pieces: Buffer[] = []
  let at = start
  for (;;) {
    if (length !== undefined && at === limit) return { pieces, end: at }
    // Two zeros end a content of indefinite length.
    if (length === undefined && ber[at] === 0 && ber[at + 1] === 0 && at + 2 <= limit)
      return { pieces, end: at + 2 }
    const piece = convert(ber, at, limit, depth + 1, work)
    pieces.push(piece.der)
    at = piece.end
  }
}

function header(
  ber: Uint8Array,
  at: number,
  limit: number,
): { readonly tag: number; readonly start: number; readonly length: number | undefined } {
  const [tag, first] = [ber[at], ber[at + 1]]
  if (tag === undefined || first === undefined || at + 2 > limit)
    throw new DerError('truncated', `no header at ${at}`)
  if ((tag & 0x1f) === 0x1f) throw new DerError('tag', `a tag of several bytes at ${at}`)
  if (first === 0x80) return { tag, start: at + 2, length: undefined }
  const count = first < 0x80 ? 0 : first & 0x7f
  const start = at + 2 + count
  if (start > limit) throw new DerError('truncated', `no whole length at ${at}`)
  let length = count === 0 ? first : 0
  for (const byte of ber.subarray(at + 2, start)) length = length * 256 + byte
  if (start + length > limit) throw new DerError('truncated', `an element at ${at} ends behind its holder`)
  return { tag, start, length }
}

function octets(piece: Buffer): Uint8Array {
  if (piece[0] !== OCTET_STRING) throw new DerError('tag', 'an octet string in pieces of another kind')
  const first = piece[1] as number
  return piece.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f))
}

function element(tag: number, pieces: readonly Uint8Array[]): Buffer {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(length)]), ...pieces])
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 | bytes.length, ...bytes]
}
