import { Reader } from '@messlatte/bytes'
import { FormatError } from '../contract.ts'

/** A field of a protobuf message as it stands on the wire. */
export type WireField =
  /** Beyond 2^53 it is Infinity, which every bounds check refuses. */
  | { readonly number: number; readonly type: 'number'; readonly value: number }
  /** `at` is the offset of the bytes in the message. */
  | { readonly number: number; readonly type: 'bytes'; readonly bytes: Uint8Array; readonly at: number }

const MOST_BITS = 64

/** The fields of a message in their order. @throws FormatError, BytesError for what is no message */
export function* fieldsOf(message: Uint8Array): Generator<WireField> {
  const reader = new Reader(message, 'little')
  while (reader.left > 0) {
    const key = varint(reader)
    const [number, wire] = [Math.floor(key / 8), key % 8]
    if (number === 0 || number >= 2 ** 29) throw new FormatError('structure', `field ${number} cannot be`)
    switch (wire) {
      case 0:
        yield { number, type: 'number', value: varint(reader) }
        break
      case 1:
        yield { number, type: 'number', value: reader.size64() }
        break
      case 2: {
        const length = varint(reader)
        const at = reader.at
        yield { number, type: 'bytes', bytes: reader.take(length), at }
        break
      }
      case 5:
        yield { number, type: 'number', value: reader.u32() }
        break
      default:
        throw new FormatError('structure', `wire type ${wire} is none that is in use`)
    }
  }
}

/**
 * Seven bits a byte, the lowest first; ten bytes at most. Beyond 2^53 it is Infinity, which every bounds check refuses.
 * @throws FormatError | BytesError
 */
export function varint(reader: Reader): number {
  let value = 0
  for (let bits = 0; bits < MOST_BITS; bits += 7) {
    const byte = reader.u8()
    value += (byte & 0x7f) * 2 ** bits
    if (byte < 0x80) return value > Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : value
  }
  throw new FormatError('structure', 'a number does not end')
}
