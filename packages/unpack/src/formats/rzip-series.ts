import {
  type Bytes,
  bzip2Stream,
  DecodeError,
  type LzmaProperties,
  lzmaRaw,
  lzo1x,
  MAX_VIEW,
  memoryBytes,
  zlibBlock,
} from '@messlatte/bytes'
import { copyStretch } from './members.ts'

/** Of a block, packed and not, in bytes. */
const MOST_BLOCK = 128 * 1024 * 1024
const [NONE, BZIP2, LZO, LZMA, GZIP, ZPAQ] = [3, 4, 5, 6, 7, 8] as const

/** Where the parts of a chunk of rzip or lrzip lie: `base` is what their heads count from. */
export interface Chunk {
  readonly base: number
  /** Bytes of each number in it. */
  readonly width: number
  readonly lzma: LzmaProperties | undefined
}

/** One of the two series of blocks of a chunk, read as one content. */
export class Series {
  readonly #bytes: Bytes
  readonly #chunk: Chunk
  #next: number
  #block: Uint8Array = new Uint8Array(0)
  #at = 0
  /** Offset behind the last block that was read. */
  end: number

  constructor(bytes: Bytes, chunk: Chunk, head: number) {
    this.#bytes = bytes
    this.#chunk = chunk
    const first = headAt(bytes, chunk, head)
    this.#next = first.next
    this.end = first.at
  }

  /** The next bytes, `most` at most and one at least. @throws DecodeError where no more come */
  some(most: number): Uint8Array {
    while (this.#at === this.#block.length) this.#load()
    const part = this.#block.subarray(this.#at, this.#at + most)
    this.#at += part.length
    return part
  }

  /** A number, little endian. @throws DecodeError */
  number(width: number): number {
    let value = 0
    for (let index = 0; index < width; index++) value += (this.some(1)[0] as number) * 2 ** (8 * index)
    return value
  }

  /** Blocks without content may end a series. */
  finish(): void {
    while (this.#next !== 0 && this.#at === this.#block.length) {
      const head = headAt(this.#bytes, this.#chunk, this.#chunk.base + this.#next)
      if (head.size !== 0 || head.packed !== 0) return
      this.#take(head)
    }
  }

  #load(): void {
    if (this.#next === 0) throw new DecodeError('truncated', 'a series of blocks ends early')
    const head = headAt(this.#bytes, this.#chunk, this.#chunk.base + this.#next)
    this.#take(head)
    this.#block = blockOf(this.#bytes, head, this.#chunk.lzma)
    this.#at = 0
  }

  #take({ at, packed, next }: Head): void {
    // Blocks lie in the order in which they were written.
    if (next !== 0 && next <= this.#next) throw new DecodeError('corrupt', 'blocks lead back')
    this.#next = next
    this.end = at + packed
  }
}

interface Head {
  readonly kind: number
  /** Bytes, packed and plain. */
  readonly packed: number
  readonly size: number
  /** Where the next one stands, from the base; 0 for none. */
  readonly next: number
  /** Behind the head. */
  readonly at: number
}

/** Bytes of a head. */
export function headSize(width: number): number {
  return 1 + 3 * width
}

function headAt(bytes: Bytes, { width }: Chunk, at: number): Head {
  const length = headSize(width)
  if (at + length > bytes.size) throw new DecodeError('truncated', 'the data ends early')
  const view = bytes.view(at, length)
  const [packed = 0, size = 0, next = 0] = [0, 1, 2].map((index) => numberOf(view, 1 + index * width, width))
  return { kind: view[0] as number, packed, size, next, at: at + length }
}

/** Little endian. */
export function numberOf(view: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let index = width - 1; index >= 0; index--) value = value * 256 + (view[at + index] as number)
  return value
}

function blockOf(
  bytes: Bytes,
  { kind, packed, size, at }: Head,
  lzma: LzmaProperties | undefined,
): Uint8Array {
  if (at + packed > bytes.size) throw new DecodeError('truncated', 'the data ends within a block')
  if (packed > MOST_BLOCK || size > MOST_BLOCK)
    throw new DecodeError('unsupported', 'a block of over 128 MiB')
  const input = packed > MAX_VIEW ? new Uint8Array(packed) : bytes.view(at, packed)
  if (packed > MAX_VIEW) copyStretch(bytes, at, input)
  if (kind === NONE) return input
  const output = new Uint8Array(size)
  if (unpack(kind, input, output, lzma) !== size)
    throw new DecodeError('corrupt', 'less comes out of a block than it has')
  return output
}

function unpack(
  kind: number,
  input: Uint8Array,
  output: Uint8Array,
  lzma: LzmaProperties | undefined,
): number {
  switch (kind) {
    case BZIP2:
      return bzip2(input, output)
    case LZO:
      return lzo1x(input, output)
    case LZMA:
      if (!lzma) throw new DecodeError('corrupt', 'LZMA without properties')
      return lzmaRaw(input, output, lzma)
    case GZIP:
      return zlibBlock(input, output)
    case ZPAQ:
      throw new DecodeError('unsupported', 'blocks of ZPAQ')
    default:
      throw new DecodeError('corrupt', `a block of a kind ${kind}`)
  }
}

function bzip2(input: Uint8Array, output: Uint8Array): number {
  let done = 0
  const { problem } = bzip2Stream(memoryBytes(input), 0, (chunk) => {
    if (done + chunk.length > output.length)
      throw new DecodeError('output-full', 'more comes out of a block than there is room for')
    output.set(chunk, done)
    done += chunk.length
  })
  if (problem) throw new DecodeError(problem.code, problem.message)
  return done
}
