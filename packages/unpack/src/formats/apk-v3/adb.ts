import { type Bytes, latin1 } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'

/** Longest text or blob that is believed, in bytes. */
const MOST_BLOB = 1024 * 1024

/** A value: its kind in the upper four bits, the rest is the value itself or where it lies. Numbers are little endian. */
export type AdbValue = number

/** The tree of objects of one ADB block (apk-v3(5), "Wire format"). Offsets are those within the block. */
export class Adb {
  readonly #bytes: Bytes
  readonly #start: number
  readonly #size: number
  /** Objects may be shared, so a small tree may unfold into a huge one. */
  #budget: number

  constructor(bytes: Bytes, start: number, size: number) {
    this.#bytes = bytes
    this.#start = start
    this.#size = size
    this.#budget = 64 * 1024 + 64 * size
  }

  /** The object that the header of the block names. */
  root(): AdbValue {
    return this.#u32(4)
  }

  /** The values of an object or an array; slot 0 is their number. Empty for what is neither. @throws FormatError */
  slots(value: AdbValue): readonly AdbValue[] {
    const kind = kindOf(value)
    if (kind !== 0xd && kind !== 0xe) return []
    const at = offsetOf(value)
    const count = this.#u32(at)
    if (count < 1 || at + 4 * count > this.#size) throw outside()
    this.#spend(4 * count)
    return Array.from({ length: count }, (_, index) => (index === 0 ? 0 : this.#u32(at + 4 * index)))
  }

  /** A number; undefined where none is stored. @throws FormatError */
  int(value: AdbValue): number | undefined {
    switch (kindOf(value)) {
      case 1:
        return offsetOf(value)
      case 2:
        return this.#u32(offsetOf(value))
      case 3:
        return this.#u32(offsetOf(value)) + this.#u32(offsetOf(value) + 4) * 2 ** 32
      default:
        return undefined
    }
  }

  /** Text or other bytes; undefined where none are stored. @throws FormatError */
  blob(value: AdbValue): Uint8Array | undefined {
    const width = { 8: 1, 9: 2, 10: 4 }[kindOf(value)]
    if (width === undefined) return undefined
    const at = offsetOf(value)
    const length = Buffer.from(this.#take(at, width)).readUIntLE(0, width)
    if (length > MOST_BLOB) throw new FormatError('unsupported', `a value of ${length} bytes`)
    return this.#take(at + width, length)
  }

  /** Byte string. */
  text(value: AdbValue): string | undefined {
    const blob = this.blob(value)
    return blob && latin1(blob)
  }

  #u32(at: number): number {
    const view = this.#take(at, 4)
    return new DataView(view.buffer, view.byteOffset, 4).getUint32(0, true)
  }

  #take(at: number, length: number): Uint8Array {
    if (at + length > this.#size) throw outside()
    this.#spend(length)
    return this.#bytes.view(this.#start + at, length)
  }

  #spend(cost: number): void {
    this.#budget -= cost
    if (this.#budget < 0) throw new FormatError('structure', 'values are shared more often than is believed')
  }
}

function kindOf(value: AdbValue): number {
  return value >>> 28
}

function offsetOf(value: AdbValue): number {
  return value & 0x0fffffff
}

function outside(): FormatError {
  return new FormatError('structure', 'a value lies outside of its block')
}
