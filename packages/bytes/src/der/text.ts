import { latin1 } from '../reader.ts'
import type { DerElement } from './element.ts'

const BMP_STRING = 0x1e
const UNIVERSAL_STRING = 0x1c
const UTF8_STRING = 0x0c

/** A character string of any of ASN.1's types; what is none of them, as `#` and hex. */
export function stringOf({ tag, content }: DerElement): string {
  switch (tag) {
    case UTF8_STRING:
      return Buffer.from(content).toString('utf8')
    case BMP_STRING:
      return codePoints(content, 2)
    case UNIVERSAL_STRING:
      return codePoints(content, 4)
    // NumericString, PrintableString, T61String, IA5String, VisibleString.
    case 0x12:
    case 0x13:
    case 0x14:
    case 0x16:
    case 0x1a:
      return latin1(content)
    default:
      return `#${Buffer.from(content).toString('hex')}`
  }
}

function codePoints(content: Uint8Array, size: 2 | 4): string {
  let text = ''
  for (let at = 0; at + size <= content.length; at += size) {
    const point = content.subarray(at, at + size).reduce((value, byte) => value * 256 + byte, 0)
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd'
  }
  return text
}
