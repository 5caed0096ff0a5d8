import { Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'

/** Reads the structures of a 7z header: little endian, with numbers and bits coded as 7z does. */
export class HeaderReader extends Reader {
  constructor(bytes: Uint8Array) {
    super(bytes, 'little')
  }

  /** One to nine bytes: the high bits of the first say how many follow. What is beyond 2^53 becomes Infinity. */
  number(): number {
    const first = this.u8()
    let mask = 0x80
    let value = 0
    for (let index = 0; index < 8; index++) {
      if ((first & mask) === 0) {
        value += (first & (mask - 1)) * 2 ** (8 * index)
        return Number.isSafeInteger(value) ? value : Number.POSITIVE_INFINITY
      }
      value += this.u8() * 2 ** (8 * index)
      mask >>= 1
    }
    return Number.isSafeInteger(value) ? value : Number.POSITIVE_INFINITY
  }

  /** A count of things of which each takes at least one byte (or a bit, where that is said). */
  count(perByte = 1): number {
    const value = this.number()
    if (value > this.left * perByte)
      throw new FormatError('structure', `${value} of something in ${this.left} bytes`)
    return value
  }

  /** `length` bits, the highest of each byte first. */
  bits(length: number): readonly boolean[] {
    const bytes = this.take(Math.ceil(length / 8))
    return Array.from(
      { length },
      (_, index) => (((bytes[index >> 3] as number) >> (7 - (index & 7))) & 1) === 1,
    )
  }

  /** A byte that says whether all are there; else a bit for each. */
  defined(length: number): readonly boolean[] {
    return this.u8() === 0 ? this.bits(length) : new Array<boolean>(length).fill(true)
  }

  /** A CRC-32 for each that has one. */
  digests(length: number): readonly (number | undefined)[] {
    return this.defined(length).map((there) => (there ? this.u32() : undefined))
  }
}
