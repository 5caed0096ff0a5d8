import { BytesError } from './bytes.ts'

export type Endian = 'little' | 'big'

/** The upper half of the largest count that a number holds exactly. */
const MOST_HIGH = 0x1f_ffff

/**
 * Reads numbers and strings one after the other out of a view; every step is bounds-checked. Numbers are put together of
 * bytes, because a DataView costs more than the few numbers that most readers are made for.
 */
export class Reader {
  readonly bytes: Uint8Array
  readonly endian: Endian
  at: number

  constructor(bytes: Uint8Array, endian: Endian, at = 0) {
    this.bytes = bytes
    this.endian = endian
    this.at = at
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  u8(): number {
    return this.bytes[this.#take(1)] as number
  }

  u16(): number {
    const at = this.#take(2)
    const first = this.bytes[at] as number
    const second = this.bytes[at + 1] as number
    return this.endian === 'little' ? first | (second << 8) : (first << 8) | second
  }

  i16(): number {
    return (this.u16() << 16) >> 16
  }

  u32(): number {
    return this.#word(this.#take(4)) >>> 0
  }

  i32(): number {
    return this.#word(this.#take(4))
  }

  u64(): bigint {
    const at = this.#take(8)
    return (BigInt(this.#high(at)) << 32n) | BigInt(this.#low(at))
  }

  /** A 64-bit count as a number; what is beyond 2^53 becomes Infinity, which every bounds check refuses. */
  size64(): number {
    const at = this.#take(8)
    const high = this.#high(at)
    return high > MOST_HIGH ? Number.POSITIVE_INFINITY : high * 2 ** 32 + this.#low(at)
  }

  take(length: number): Uint8Array {
    const start = this.#take(length)
    return this.bytes.subarray(start, start + length)
  }

  skip(length: number): void {
    this.#take(length)
  }

  /** One character per byte (0 to 255). */
  latin1(length: number): string {
    return latin1(this.take(length))
  }

  #high(at: number): number {
    return this.#word(this.endian === 'little' ? at + 4 : at) >>> 0
  }

  #low(at: number): number {
    return this.#word(this.endian === 'little' ? at : at + 4) >>> 0
  }

  /** 32 bits, signed. */
  #word(at: number): number {
    const a = this.bytes[at] as number
    const b = this.bytes[at + 1] as number
    const c = this.bytes[at + 2] as number
    const d = this.bytes[at + 3] as number
    return this.endian === 'little'
      ? a | (b << 8) | (c << 16) | (d << 24)
      : (a << 24) | (b << 16) | (c << 8) | d
  }

  #take(length: number): number {
    const start = this.at
    if (!(start >= 0 && length >= 0 && start + length <= this.bytes.length)) {
      throw new BytesError('out-of-range', `${length} bytes at ${start} lie outside of ${this.bytes.length}`)
    }
    this.at = start + length
    return start
  }
}

/** A byte string: one character per byte (0 to 255). */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** The byte string up to the first NUL, or all of it. */
export function cString(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return latin1(end < 0 ? bytes : bytes.subarray(0, end))
}
