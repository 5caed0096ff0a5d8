import { BytesError } from './bytes.ts'

export type Endian = 'little' | 'big'

/** Reads numbers and strings one after the other out of a view; every step is bounds-checked. */
export class Reader {
  readonly bytes: Uint8Array
  readonly endian: Endian
  at: number
  readonly #data: DataView

  constructor(bytes: Uint8Array, endian: Endian, at = 0) {
    this.bytes = bytes
    this.endian = endian
    this.at = at
    this.#data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  u8(): number {
    return this.#data.getUint8(this.#take(1))
  }

  u16(): number {
    return this.#data.getUint16(this.#take(2), this.endian === 'little')
  }

  i16(): number {
    return this.#data.getInt16(this.#take(2), this.endian === 'little')
  }

  u32(): number {
    return this.#data.getUint32(this.#take(4), this.endian === 'little')
  }

  i32(): number {
    return this.#data.getInt32(this.#take(4), this.endian === 'little')
  }

  u64(): bigint {
    return this.#data.getBigUint64(this.#take(8), this.endian === 'little')
  }

  /** A 64-bit count as a number; what is beyond 2^53 becomes Infinity, which every bounds check refuses. */
  size64(): number {
    const value = this.u64()
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.POSITIVE_INFINITY : Number(value)
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

  #take(length: number): number {
    const start = this.at
    if (!(length >= 0 && start + length <= this.bytes.length)) {
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
