import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type Bytes, DecodeError, propertiesOf, type StreamEnd } from '@messlatte/bytes'
import { type Chunk, headSize, numberOf, Series } from './parts.ts'

export const MAGIC = 'LRZI'
export const HEADER = 24
/** Matches reach back to the start of a chunk: it has to be held. */
const MOST_CHUNK = 512 * 1024 * 1024
const FIRST_ROOM = 1024 * 1024
const PIECE = 256 * 1024
const MD5 = 16
const [LITERAL, MATCH] = [0, 1] as const
const FLUSH = 1024 * 1024

type Write = (chunk: Uint8Array) => void

export interface LrzipHeader {
  /** Bytes of the content; 0 where it was not known. */
  readonly size: number
  readonly lzma: number
  readonly hasMd5: boolean
  readonly isEncrypted: boolean
}

/** Undefined for what is none; version 0.6, the one that is written since 2011. */
export function parseHeader(bytes: Bytes, at: number): LrzipHeader | undefined {
  if (at + HEADER + 3 > bytes.size) return undefined
  const view = bytes.view(at, HEADER + 3)
  const [major, minor, md5 = 2, encrypted = 2] = [view[4], view[5], view[21], view[22]]
  const width = view[HEADER] as number
  if (major !== 0 || minor !== 6 || md5 > 1 || encrypted > 1) return undefined
  if (encrypted === 0 && (width < 1 || width > 8 || (view[HEADER + 1] as number) > 1)) return undefined
  return {
    size: numberOf(view, 6, 8),
    lzma: view[16] as number,
    hasMd5: md5 === 1,
    isEncrypted: encrypted === 1,
  }
}

/** `write` may throw to stop. */
export function lrzipStream(bytes: Bytes, at: number, write: Write): StreamEnd {
  const header = parseHeader(bytes, at) as LrzipHeader
  const md5 = createHash('md5')
  let total = 0
  try {
    if (header.isEncrypted) throw new DecodeError('unsupported', 'lrzip: encrypted')
    let next = at + HEADER
    for (let isLast = false; !isLast; ) {
      const chunk = readChunk(bytes, next, header, (part) => {
        total += part.length
        md5.update(part)
        write(part)
      })
      next = chunk.end
      ;({ isLast } = chunk)
    }
    if (header.size !== 0 && header.size !== total)
      throw new DecodeError('corrupt', `lrzip: ${total} bytes come out, the header says ${header.size}`)
    if (!header.hasMd5) return { end: next, checksum: 'matches' }
    const end = next + MD5
    if (end > bytes.size) throw new DecodeError('truncated', 'lrzip: the data ends before its MD5')
    if (md5.digest().equals(bytes.view(next, MD5))) return { end, checksum: 'matches' }
    return { end, checksum: 'differs', problem: { code: 'checksum', message: 'lrzip: the MD5 differs' } }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    return { end: bytes.size, checksum: code === 'checksum' ? 'differs' : 'none', problem: { code, message } }
  }
}

/** A chunk: two series of blocks, one with what to do, one with literal bytes. @throws DecodeError */
function readChunk(
  bytes: Bytes,
  at: number,
  { size: whole, lzma }: LrzipHeader,
  write: Write,
): { readonly end: number; readonly isLast: boolean } {
  if (at + 2 > bytes.size) throw new DecodeError('truncated', 'lrzip: the data ends early')
  const [width = 0, last] = bytes.view(at, 2)
  if (width < 1 || width > 8 || at + 2 + width > bytes.size)
    throw new DecodeError('corrupt', 'lrzip: a chunk has no head')
  // Early versions left the size of a chunk empty where it is all of the content.
  const size = numberOf(bytes.view(at + 2, width), 0, width) || whole
  const base = at + 2 + width
  const chunk: Chunk = { base, width, lzma: lzma === 0 ? undefined : propertiesOf(lzma) }
  const orders = new Series(bytes, chunk, base)
  const literals = new Series(bytes, chunk, base + headSize(width))
  const out = new Output(Math.min(size, MOST_CHUNK), size, write)
  try {
    for (;;) {
      const kind = orders.number(1)
      const length = orders.number(2)
      if (kind === LITERAL && length === 0) break
      if (kind === LITERAL) out.literals(literals, length)
      else if (kind === MATCH) out.match(orders.number(width), length)
      else throw new DecodeError('corrupt', 'lrzip: an order that means nothing')
    }
    const told = orders.number(4)
    out.flush()
    if (told !== out.sum) throw new DecodeError('checksum', 'lrzip: the CRC of a chunk differs')
  } finally {
    out.flush()
  }
  for (const series of [orders, literals]) series.finish()
  return { end: Math.max(orders.end, literals.end), isLast: last === 1 }
}

/** What came out of a chunk, for matches to reach. */
class Output {
  readonly #most: number
  readonly #told: number
  readonly #write: Write
  #room = new Uint8Array(FIRST_ROOM)
  #filled = 0
  #flushed = 0
  #sum = 0xffff_ffff
  /** CRC-32 of what went out, neither inverted at its start nor at its end: so it stands in the data. */
  get sum(): number {
    return ~this.#sum >>> 0
  }

  constructor(most: number, told: number, write: Write) {
    this.#most = most
    this.#told = told
    this.#write = write
  }

  literals(from: Series, length: number): void {
    for (let left = length; left > 0; ) {
      const part = from.some(left)
      this.#grow(part.length)
      this.#room.set(part, this.#filled)
      this.#filled += part.length
      left -= part.length
    }
    if (this.#filled - this.#flushed >= FLUSH) this.flush()
  }

  match(distance: number, length: number): void {
    if (distance === 0 || distance > this.#filled)
      throw new DecodeError('corrupt', 'lrzip: a match reaches too far back')
    this.#grow(length)
    const from = this.#filled - distance
    if (distance >= length) this.#room.copyWithin(this.#filled, from, from + length)
    else
      for (let done = 0; done < length; done++)
        this.#room[this.#filled + done] = this.#room[from + done] as number
    this.#filled += length
    if (this.#filled - this.#flushed >= FLUSH) this.flush()
  }

  flush(): void {
    while (this.#flushed < this.#filled) {
      const part = this.#room.subarray(this.#flushed, Math.min(this.#filled, this.#flushed + PIECE))
      // First, lest it goes out twice where `write` throws.
      this.#flushed += part.length
      this.#sum = crc32(part, this.#sum)
      this.#write(part)
    }
  }

  #grow(more: number): void {
    const needed = this.#filled + more
    if (needed > this.#told) throw new DecodeError('corrupt', 'lrzip: more comes out of a chunk than it has')
    if (needed > this.#most) throw new DecodeError('unsupported', 'lrzip: a chunk of over 512 MiB')
    if (needed <= this.#room.length) return
    const grown = new Uint8Array(Math.min(this.#most, Math.max(needed, 2 * this.#room.length)))
    grown.set(this.#room.subarray(0, this.#filled))
    this.#room = grown
  }
}
