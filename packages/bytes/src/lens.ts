import type { Bytes } from './bytes.ts'
import { type Endian, Reader } from './reader.ts'

/** Bytes that a lens shows at once, where its user does not say it. */
const FIELD = 4096
const EMPTY = new Uint8Array(0)

/**
 * Shows numbers of a source wherever they stand, through one view of what lies behind the last one that was asked for: for
 * structures of very many small parts, where a view for each part costs more than all that is done with it.
 */
export class Lens {
  readonly #bytes: Bytes
  readonly #endian: Endian
  readonly #size: number
  #start = 0
  #field: Reader

  /** @param size bytes that are shown at once */
  constructor(bytes: Bytes, endian: Endian, size = FIELD) {
    this.#bytes = bytes
    this.#endian = endian
    this.#size = size
    this.#field = new Reader(EMPTY, endian)
  }

  /** @throws BytesError */
  u8(at: number): number {
    const offset = at - this.#start
    return this.#field.bytes[offset] ?? this.#over(at, 1).u8()
  }

  /** @throws BytesError */
  u16(at: number): number {
    return this.#over(at, 2).u16()
  }

  /** @throws BytesError */
  u32(at: number): number {
    return this.#over(at, 4).u32()
  }

  #over(at: number, length: number): Reader {
    const offset = at - this.#start
    if (offset >= 0 && offset + length <= this.#field.bytes.length) {
      this.#field.at = offset
      return this.#field
    }
    const view = this.#bytes.view(at, Math.max(length, Math.min(this.#size, this.#bytes.size - at)))
    this.#start = at
    this.#field = new Reader(view, this.#endian)
    return this.#field
  }
}
