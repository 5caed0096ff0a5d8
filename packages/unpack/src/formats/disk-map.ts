import {
  type Bytes,
  BytesError,
  DecodeError,
  type Endian,
  type Extent,
  type Packed,
  Reader,
  unpackBlock,
} from '@messlatte/bytes'
import { FormatError, type Sink } from '../contract.ts'
import { wrapped } from './members.ts'

/** More pieces than a disk has that was used for years. */
const MOST_EXTENTS = 2_000_000

/** Where the parts of a virtual disk lie in its image; what is told nowhere is zero. Filled from the disk's start to its end. */
export class DiskMap {
  readonly #source: Bytes
  readonly #extents: (Extent | { at: number; length: number; from: number })[] = []
  /** Bytes of the disk. */
  readonly size: number
  /** Bytes that would lie behind the end of the image. */
  #missing = 0
  /** Offset behind all that lies in the image, which may be behind its end. */
  end = 0

  constructor(source: Bytes, size: number) {
    this.#source = source
    this.size = size
  }

  /** A stretch that lies as it is, at `from`. @throws FormatError where there are too many */
  add(at: number, told: number, from: number): void {
    const length = Math.min(told, this.size - at)
    if (length <= 0) return
    this.end = Math.max(this.end, from + told)
    const there = Math.max(0, Math.min(length, this.#source.size - from))
    this.#missing += length - there
    if (there === 0) return
    const last = this.#extents.at(-1)
    if (last && 'from' in last && last.at + last.length === at && last.from + last.length === from)
      this.#extents[this.#extents.length - 1] = { ...last, length: last.length + there }
    else this.#push({ at, length: there, from })
  }

  /** What ends there is part of the image, too. */
  reach(end: number): void {
    this.end = Math.max(this.end, end)
  }

  /** A stretch of which nobody tells any more where it lay. */
  lose(length: number): void {
    this.#missing += length
  }

  /** A block that lies packed; its length there may be less than it says, where the image ends. @throws FormatError */
  addPacked(at: number, packed: Packed): void {
    const length = Math.min(packed.size, this.size - at)
    if (length <= 0) return
    this.end = Math.max(this.end, packed.from + packed.length)
    const there = Math.max(0, Math.min(packed.length, this.#source.size - packed.from))
    if (there === 0) this.#missing += length
    else this.#push({ at, length, packed: { ...packed, length: there } })
  }

  #push(extent: Extent): void {
    if (this.#extents.length >= MOST_EXTENTS)
      throw new FormatError('unsupported', 'the disk lies in too many pieces')
    this.#extents.push(extent)
  }

  /** Shows the disk. Packed blocks are tried first, each once: a damaged one is told, and shown as zeros. */
  show(path: string, sink: Sink): void {
    const tried = new Map<number, boolean>()
    let damaged = 0
    const whole = this.#extents.filter((extent) => {
      if (!('packed' in extent)) return true
      const isWhole = tried.get(extent.packed.from) ?? comesOut(this.#source, extent.packed, extent.length)
      tried.set(extent.packed.from, isWhole)
      if (!isWhole) damaged++
      return isWhole
    })
    if (damaged > 0)
      sink.problem('structure', `${damaged} packed blocks are damaged and shown as zeros`, path)
    if (this.#missing > 0)
      sink.problem('truncated', `the image ends early: ${this.#missing} bytes are shown as zeros`, path)
    sink.mapped(wrapped(path), this.size, whole)
  }
}

function comesOut(source: Bytes, packed: Packed, needed: number): boolean {
  try {
    unpackBlock(source, packed, needed)
    return true
  } catch (error) {
    if (error instanceof DecodeError || error instanceof BytesError) return false
    throw error
  }
}

const WINDOW = 64 * 1024

/** The entries of a table that lies at `at`, `width` bytes each (which divide 64 KiB), as far as the bytes go. */
export function* entriesOf<Entry>(
  bytes: Bytes,
  at: number,
  count: number,
  width: number,
  endian: Endian,
  take: (reader: Reader) => Entry,
): Generator<Entry> {
  const there = Math.min(count, Math.floor((bytes.size - at) / width))
  for (let done = 0; done < there; done += WINDOW / width) {
    const reader = new Reader(bytes.view(at + done * width, Math.min(WINDOW, (there - done) * width)), endian)
    while (reader.left >= width) yield take(reader)
  }
}
