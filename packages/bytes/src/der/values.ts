import { type DerElement, TAG } from './element.ts'
import { DerError } from './error.ts'

/** An OBJECT IDENTIFIER, dotted. @throws DerError */
export function oidOf(element: DerElement): string {
  const { tag, content } = element
  if (tag !== TAG.oid || content.length === 0 || content.length > 64)
    throw new DerError(tag === TAG.oid ? 'value' : 'tag', 'no object identifier')
  const arcs: bigint[] = []
  let arc = 0n
  let begins = true
  for (const byte of content) {
    if (begins && byte === 0x80) throw new DerError('value', 'an arc is not in its shortest form')
    arc = arc * 128n + BigInt(byte & 0x7f)
    begins = byte < 0x80
    if (begins) {
      arcs.push(arc)
      arc = 0n
    }
  }
  if (!begins) throw new DerError('truncated', 'an arc does not end')
  const first = arcs[0] as bigint
  const root = first < 80n ? first / 40n : 2n
  return [root, first - root * 40n, ...arcs.slice(1)].join('.')
}

/** The content of an INTEGER: big endian, two's complement, in its shortest form. @throws DerError */
export function integerBytes(element: DerElement): Uint8Array {
  const { tag, content } = element
  if (tag !== TAG.integer && tag !== TAG.enumerated) throw new DerError('tag', 'no integer')
  const [first, second] = content
  if (first === undefined) throw new DerError('value', 'an integer without bytes')
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw new DerError('value', 'an integer is not in its shortest form')
  return content
}

/** An INTEGER from 0 to 2^31 - 1. @throws DerError */
export function smallInteger(element: DerElement): number {
  const content = integerBytes(element)
  if (content.length > 4 || (content[0] as number) >= 0x80)
    throw new DerError('value', 'an integer out of range')
  return content.reduce((value, byte) => value * 256 + byte, 0)
}

/** The content of an OCTET STRING. @throws DerError */
export function octetsOf(element: DerElement): Uint8Array {
  if (element.tag !== TAG.octetString) throw new DerError('tag', 'no octet string')
  return element.content
}

/** The content of a BIT STRING of whole bytes. @throws DerError */
export function wholeBits(element: DerElement): Uint8Array {
  const { tag, content } = element
  if (tag !== TAG.bitString) throw new DerError('tag', 'no bit string')
  if (content[0] !== 0) throw new DerError('value', 'a bit string that is not of whole bytes')
  return content.subarray(1)
}

/** The numbers of the bits that are set in a BIT STRING of named bits; the first bit is 0. @throws DerError */
export function namedBits(element: DerElement): readonly number[] {
  const { tag, content } = element
  if (tag !== TAG.bitString) throw new DerError('tag', 'no bit string')
  if ((content[0] ?? 8) > 7 || content.length > 16) throw new DerError('value', 'no named bits')
  const bits: number[] = []
  for (let bit = 0; bit < (content.length - 1) * 8; bit++)
    if (((content[1 + (bit >> 3)] as number) >> (7 - (bit & 7))) & 1) bits.push(bit)
  return bits
}

/** @throws DerError */
export function booleanOf(element: DerElement): boolean {
  const { tag, content } = element
  if (tag !== TAG.boolean) throw new DerError('tag', 'no boolean')
  const [value] = content
  if (content.length !== 1 || (value !== 0 && value !== 0xff)) throw new DerError('value', 'no boolean')
  return value === 0xff
}
