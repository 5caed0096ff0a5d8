import { DerError } from './error.ts'

/** An element of DER (X.690): views into the bytes that it was read from. */
export interface DerElement {
  /** The identifier octet: class, whether it is constructed, and number. */
  readonly tag: number
  /** Header and content. */
  readonly whole: Uint8Array
  readonly content: Uint8Array
}

/** Identifier octets. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
} as const

const CONSTRUCTED = 0x20
const HIGH_NUMBER = 0x1f
const MOST_LENGTH_BYTES = 4

/** The element at `at`; more may follow. @throws DerError */
export function elementAt(bytes: Uint8Array, at = 0): DerElement {
  const { tag, header, length } = headerAt(bytes, at)
  const start = at + header
  if (start + length > bytes.length)
    throw new DerError('truncated', `an element of ${length} bytes at ${at} ends behind ${bytes.length}`)
  return {
    tag,
    whole: bytes.subarray(at, start + length),
    content: bytes.subarray(start, start + length),
  }
}

/** The one element that these bytes are. @throws DerError */
export function onlyElement(bytes: Uint8Array): DerElement {
  const element = elementAt(bytes)
  if (element.whole.length !== bytes.length)
    throw new DerError('trailing', `${bytes.length - element.whole.length} bytes follow`)
  return element
}

/** Bytes of the element that starts here, header included, whether or not they are all there; undefined for what is no DER. */
export function sizeAt(bytes: Uint8Array, at = 0): number | undefined {
  try {
    const { header, length } = headerAt(bytes, at)
    return header + length
  } catch {
    return undefined
  }
}

/** What a constructed element holds. @throws DerError */
export function childrenOf(element: DerElement): readonly DerElement[] {
  if ((element.tag & CONSTRUCTED) === 0) throw new DerError('tag', 'a primitive element holds no others')
  const children: DerElement[] = []
  for (let at = 0; at < element.content.length; ) {
    const child = elementAt(element.content, at)
    children.push(child)
    at += child.whole.length
  }
  return children
}

function headerAt(
  bytes: Uint8Array,
  at: number,
): { readonly tag: number; readonly header: number; readonly length: number } {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined) throw new DerError('truncated', `no header at ${at}`)
  if ((tag & HIGH_NUMBER) === HIGH_NUMBER) throw new DerError('tag', `a tag of several bytes at ${at}`)
  if (first < 0x80) return { tag, header: 2, length: first }
  const count = first & 0x7f
  if (count === 0) throw new DerError('length', `an indefinite length at ${at}`)
  if (count > MOST_LENGTH_BYTES) throw new DerError('too-much', `a length of ${count} bytes at ${at}`)
  if (at + 2 + count > bytes.length) throw new DerError('truncated', `no whole length at ${at}`)
  let length = 0
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[at + 2 + index] as number)
  if (length < 0x80 || length < 256 ** (count - 1))
    throw new DerError('length', `a length at ${at} is not the shortest`)
  return { tag, header: 2 + count, length }
}
