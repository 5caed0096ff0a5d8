import { crc32 } from 'node:zlib'
import { DecodeError } from '../stream-end.ts'
import { Frequencies, RangeBits } from './frequencies.ts'
import { RANDOM_GAPS } from './random-gaps.ts'

const CHUNK = 256 * 1024
/** The two letters that begin it. */
const [A, S] = [0x41, 0x73] as const
const SMALLEST_BLOCK_BITS = 9
/** Of the selectors: runs of the byte at hand are told in digits, then come positions, and the end of the block. */
const [DIGIT_ONE, DIGIT_TWO, SECOND, BLOCK_END] = [0, 1, 2, 10] as const
/** Behind so many equal bytes, a count of more follows. */
const RUN = 4

interface Block {
  /** Of `bytes`, so many. */
  readonly size: number
  readonly bytes: Uint8Array
  /** Where it begins, in the order of the transform. */
  readonly origin: number
  readonly isRandomised: boolean
  /** CRC-32 of all that was packed, with the last block. */
  readonly crc: number | undefined
}

/**
 * Method 15 of StuffIt, "Arsenic" (block sorting and an arithmetic coder), compared with the CRC-32 that stands in it.
 * What it writes is bounded by nothing but `write`, which may throw.
 * @throws DecodeError, after what came before the damage has been written
 */
export function stuffitArsenic(input: Uint8Array, write: (chunk: Uint8Array) => void): void {
  const blocks = new ArsenicBlocks(input)
  let sum = 0
  const out = new Plain((chunk) => {
    sum = crc32(chunk, sum)
    write(chunk)
  })
  while (!blocks.isOver) {
    const block = blocks.read()
    out.unsort(block)
    if (block.crc === undefined) continue
    out.flush()
    if (sum !== block.crc) throw new DecodeError('checksum', 'StuffIt: the CRC of the content differs')
  }
}

/** The arithmetic coder and what its symbols mean. */
class ArsenicBlocks {
  isOver: boolean
  readonly #coder: RangeBits
  readonly #bits = new Frequencies(0, 1, 1, 256)
  readonly #selectors = new Frequencies(0, 10, 8, 1024)
  /** Positions from 2 on, by how many bits they have. */
  readonly #positions = [
    new Frequencies(2, 3, 8, 1024),
    new Frequencies(4, 7, 4, 1024),
    new Frequencies(8, 15, 4, 1024),
    new Frequencies(16, 31, 4, 1024),
    new Frequencies(32, 63, 2, 1024),
    new Frequencies(64, 127, 2, 1024),
    new Frequencies(128, 255, 1, 1024),
  ] as const
  readonly #blockBits: number
  readonly #most: number
  /** Grows with the largest block, which is mostly smaller than it may be. */
  #bytes = new Uint8Array(CHUNK)

  constructor(input: Uint8Array) {
    this.#coder = new RangeBits(input)
    if (this.#number(8) !== A || this.#number(8) !== S)
      throw new DecodeError('corrupt', 'StuffIt: no beginning of Arsenic')
    this.#blockBits = this.#number(4) + SMALLEST_BLOCK_BITS
    this.#most = 2 ** this.#blockBits
    this.isOver = this.#number(1) === 1
  }

  read(): Block {
    const isRandomised = this.#number(1) === 1
    const origin = this.#number(this.#blockBits)
    const size = this.#readBytes()
    if (origin >= size) throw new DecodeError('corrupt', 'StuffIt: a block that begins behind its end')
    this.#selectors.reset()
    for (const positions of this.#positions) positions.reset()
    this.isOver = this.#number(1) === 1
    const crc = this.isOver ? this.#number(32) >>> 0 : undefined
    return { bytes: this.#bytes, size, origin, isRandomised, crc }
  }

  /** The sorted bytes of a block, which are told by their place in a list in which the last one moves to the front. */
  #readBytes(): number {
    const recent = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    let size = 0
    for (;;) {
      let selector = this.#coder.symbol(this.#selectors)
      if (selector <= DIGIT_TWO) {
        let [count, weight] = [0, 1]
        for (; selector <= DIGIT_TWO; selector = this.#coder.symbol(this.#selectors)) {
          count += selector === DIGIT_ONE ? weight : 2 * weight
          weight *= 2
          if (size + count > this.#most) throw tooMuch()
        }
        this.#makeRoom(size + count)
        this.#bytes.fill(recent[0] as number, size, size + count)
        size += count
      }
      if (selector === BLOCK_END) return size
      if (size === this.#most) throw tooMuch()
      const positions = this.#positions[selector - SECOND - 1]
      const place = positions ? this.#coder.symbol(positions) : 1
      const byte = recent[place] as number
      recent.copyWithin(1, 0, place)
      recent[0] = byte
      this.#makeRoom(size + 1)
      this.#bytes[size++] = byte
    }
  }

  #makeRoom(size: number): void {
    if (size <= this.#bytes.length) return
    const larger = new Uint8Array(Math.min(this.#most, Math.max(size, 4 * this.#bytes.length)))
    larger.set(this.#bytes)
    this.#bytes = larger
  }

  /** Lowest bit first. */
  #number(bits: number): number {
    let value = 0
    for (let bit = 0; bit < bits; bit++) value |= this.#coder.symbol(this.#bits) << bit
    return value
  }
}

/** Undoes the sorting, and the runs that were counted before it. */
class Plain {
  readonly #write: (chunk: Uint8Array) => void
  readonly #out = new Uint8Array(CHUNK)
  #filled = 0
  #next = new Uint32Array(0)

  constructor(write: (chunk: Uint8Array) => void) {
    this.#write = write
  }

  unsort(block: Block): void {
    const { bytes, size, isRandomised } = block
    const next = this.#orderOf(block)
    let place = block.origin
    let [last, run] = [0, 0]
    let gap = 0
    let flipped = isRandomised ? (RANDOM_GAPS[0] as number) : size
    for (let count = 0; count < size; count++) {
      place = next[place] as number
      let byte = bytes[place] as number
      if (count === flipped) {
        byte ^= 1
        gap = (gap + 1) % RANDOM_GAPS.length
        flipped += RANDOM_GAPS[gap] as number
      }
      if (run === RUN) {
        run = 0
        for (; byte > 0; byte--) this.#put(last)
      } else {
        run = byte === last ? run + 1 : 1
        last = byte
        this.#put(byte)
      }
    }
  }

  flush(): void {
    if (this.#filled > 0) this.#write(this.#out.subarray(0, this.#filled))
    this.#filled = 0
  }

  #put(byte: number): void {
    this.#out[this.#filled++] = byte
    if (this.#filled === CHUNK) this.flush()
  }

  /** By place among the sorted bytes: the place of the byte behind it. */
  #orderOf({ bytes, size }: Block): Uint32Array {
    if (this.#next.length < size) this.#next = new Uint32Array(size)
    const counts = new Uint32Array(256)
    for (let at = 0; at < size; at++)
      counts[bytes[at] as number] = (counts[bytes[at] as number] as number) + 1
    let total = 0
    for (let byte = 0; byte < 256; byte++) {
      const count = counts[byte] as number
      counts[byte] = total
      total += count
    }
    for (let at = 0; at < size; at++) {
      const byte = bytes[at] as number
      const place = counts[byte] as number
      counts[byte] = place + 1
      this.#next[place] = at
    }
    return this.#next
  }
}

function tooMuch(): DecodeError {
  return new DecodeError('corrupt', 'StuffIt: more in a block than it may hold')
}
