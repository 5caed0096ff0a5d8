import { History } from './history.ts'
import { BitReader, PrefixCode } from './prefix-code.ts'
import { DecodeError } from './stream-end.ts'

/** Bytes that come out of one piece; the last one gives fewer. */
export const LZX_FRAME = 32_768

/** Classes of distances, by the bits of the window. */
const SLOTS: ReadonlyMap<number, number> = new Map([
  [15, 30],
  [16, 32],
  [17, 34],
  [18, 36],
  [19, 38],
  [20, 42],
  [21, 50],
])
const LITERALS = 256
const LENGTHS = 249
/** Symbols of the code in which the lengths of the other codes are written. */
const PRETREE = 20
const SHORTEST = 2
/** Of calls in the first gigabyte, absolute targets are made relative again. */
const TRANSLATED_FRAMES = 32_768
/** The last bytes of a frame hold no call. */
const UNTRANSLATED = 10

const VERBATIM = 1
const ALIGNED = 2
const UNCOMPRESSED = 3

/** Targets in Windows images are made relative as in a content of so many bytes, whatever its size. */
const IMAGE_TRANSLATION = 12_000_000

export interface LzxDecoder {
  /** @param size bytes that come out, LZX_FRAME at most @throws DecodeError */
  frame(data: Uint8Array, size: number): Uint8Array
}

/** What cabinets and Windows images do in ways of their own. */
interface Dialect {
  /** Bytes of a frame, at most. */
  readonly frame: number
  /** What calls are translated within, where no frame tells it. */
  readonly translation: number | undefined
  readonly blockSize: (reader: BitReader) => number
}

/** How many bits follow a class of distances, and where it begins. */
const FOOTERS = Array.from({ length: 50 }, (_, slot) => (slot < 4 ? 0 : Math.min(17, (slot >> 1) - 1)))
const BASES = FOOTERS.map((_, slot) => FOOTERS.slice(0, slot).reduce((sum, bits) => sum + 2 ** bits, 0))

/**
 * LZX as cabinets have it: frames one behind the other, each with its packed bytes. Facts: [MS-PATCH] LZX DELTA Compression and
 * Decompression, section 2; Microsoft Cabinet SDK, "Microsoft LZX Data Compression Format".
 * @param windowBits 15 to 21
 * @throws DecodeError
 */
export function createLzx(windowBits: number): LzxDecoder {
  return createDecoder(windowBits, {
    frame: LZX_FRAME,
    translation: undefined,
    blockSize: (reader) => reader.number(24),
  })
}

/**
 * LZX as Windows images have it: each chunk by itself, of the size of its window at most; most blocks are of one size, which
 * takes one bit. Facts: wimlib, src/lzx_decompress.c and include/wimlib/lzx_constants.h.
 * @param windowBits 15 to 21
 * @param size bytes that come out
 * @throws DecodeError
 */
export function lzxChunk(windowBits: number, data: Uint8Array, size: number): Uint8Array {
  const decoder = createDecoder(windowBits, {
    frame: 2 ** windowBits,
    translation: IMAGE_TRANSLATION,
    blockSize: (reader) => (reader.bits(1) === 1 ? LZX_FRAME : reader.number(windowBits < 16 ? 16 : 24)),
  })
  return decoder.frame(data, size)
}

function createDecoder(windowBits: number, dialect: Dialect): LzxDecoder {
  const slots = SLOTS.get(windowBits)
  if (slots === undefined) throw new DecodeError('unsupported', `lzx: a window of 2^${windowBits} bytes`)
  const mainLengths = new Uint8Array(LITERALS + 8 * slots)
  const lengthLengths = new Uint8Array(LENGTHS)
  let [main, lengths, aligned] = [PrefixCode.only(0), PrefixCode.only(0), PrefixCode.only(0)]
  let recent: [number, number, number] = [1, 1, 1]
  let block = { type: 0, size: 0, left: 0 }
  /** What calls are translated within; undefined before the first frame, 0 where they are not. */
  let { translation } = dialect
  let frames = 0
  let pieces: Buffer[] = []
  const history = new History(2 ** windowBits, (chunk) => pieces.push(Buffer.from(chunk)))

  function readLengths(reader: BitReader, target: Uint8Array, from: number, to: number): void {
    const pretree = new Uint8Array(PRETREE)
    for (let index = 0; index < PRETREE; index++) pretree[index] = reader.bits(4)
    const code = PrefixCode.withGaps(pretree)
    for (let at = from; at < to; ) {
      const symbol = code.decode(reader)
      let run = 1
      let delta: number | undefined = symbol
      if (symbol === 17 || symbol === 18) {
        run = symbol === 17 ? reader.bits(4) + 4 : reader.bits(5) + 20
        delta = undefined
      } else if (symbol === 19) {
        run = reader.bits(1) + 4
        delta = code.decode(reader)
        if (delta > 16) throw new DecodeError('corrupt', 'lzx: a run of runs')
      }
      if (at + run > to) throw new DecodeError('corrupt', 'lzx: more lengths than symbols')
      target.fill(delta === undefined ? 0 : ((target[at] as number) - delta + 17) % 17, at, at + run)
      at += run
    }
  }

  /** @returns where packed bytes go on, in a block that is not compressed */
  function beginBlock({ reader, from }: Place, data: Uint8Array): number | undefined {
    const [type, size] = [reader.bits(3), dialect.blockSize(reader)]
    block = { type, size, left: size }
    if (size === 0) throw new DecodeError('corrupt', 'lzx: an empty block')
    switch (type) {
      case ALIGNED: {
        const eight = new Uint8Array(8)
        for (let index = 0; index < 8; index++) eight[index] = reader.bits(3)
        aligned = PrefixCode.withGaps(eight)
        beginCompressed(reader)
        return undefined
      }
      case VERBATIM:
        beginCompressed(reader)
        return undefined
      case UNCOMPRESSED: {
        // One to sixteen bits up to the next word.
        const at = from + (Math.floor(reader.position / 16) + 1) * 2
        if (at + 12 > data.length)
          throw new DecodeError('truncated', 'lzx: it ends within the head of a block')
        const view = new DataView(data.buffer, data.byteOffset + at, 12)
        recent = [view.getUint32(0, true), view.getUint32(4, true), view.getUint32(8, true)]
        return at + 12
      }
      default:
        throw new DecodeError('corrupt', `lzx: a block of the type ${type}`)
    }
  }

  function beginCompressed(reader: BitReader): void {
    readLengths(reader, mainLengths, 0, LITERALS)
    readLengths(reader, mainLengths, LITERALS, mainLengths.length)
    readLengths(reader, lengthLengths, 0, LENGTHS)
    main = PrefixCode.withGaps(mainLengths)
    lengths = PrefixCode.withGaps(lengthLengths)
  }

  function decodeUntil(reader: BitReader, end: number): void {
    while (history.total < end) {
      const symbol = main.decode(reader)
      if (symbol < LITERALS) {
        history.literal(symbol)
        continue
      }
      const header = (symbol - LITERALS) & 7
      const length = SHORTEST + (header === 7 ? 7 + lengths.decode(reader) : header)
      const distance = distanceOf(reader, (symbol - LITERALS) >> 3)
      if (history.total + length > end) throw new DecodeError('corrupt', 'lzx: a match goes over the end')
      history.match(distance, length)
      if (reader.isOver) throw new DecodeError('truncated', 'lzx: it ends within a block')
    }
  }

  function distanceOf(reader: BitReader, slot: number): number {
    const [first, second, third] = recent
    if (slot === 0) return first
    if (slot === 1) recent = [second, first, third]
    else if (slot === 2) recent = [third, second, first]
    else {
      const bits = FOOTERS[slot] as number
      const low =
        block.type === ALIGNED && bits >= 3
          ? reader.bits(bits - 3) * 8 + aligned.decode(reader)
          : reader.number(bits)
      recent = [(BASES[slot] as number) + low - 2, first, second]
    }
    if (recent[0] < 1) throw new DecodeError('corrupt', 'lzx: a match of itself')
    return recent[0]
  }

  function decodeFrame(data: Uint8Array, size: number): void {
    const places = placesIn(data)
    let place = places(0)
    if (translation === undefined) translation = place.reader.bits(1) === 1 ? place.reader.number(32) : 0
    const frameEnd = history.total + size
    let raw = block.type === UNCOMPRESSED && block.left > 0 ? 0 : undefined
    while (history.total < frameEnd) {
      if (block.left === 0) raw = beginBlock(place, data)
      if (place.reader.isOver) throw new DecodeError('truncated', 'lzx: it ends within the head of a block')
      const run = Math.min(block.left, frameEnd - history.total)
      if (raw === undefined) decodeUntil(place.reader, history.total + run)
      else {
        if (raw + run > data.length) throw new DecodeError('truncated', 'lzx: it ends within a block')
        for (const byte of data.subarray(raw, raw + run)) history.literal(byte)
        // Behind an odd number of bytes, one fills up the word.
        raw += run
        place = places(raw + (block.size & 1))
      }
      block.left -= run
    }
    if (place.reader.isOver) throw new DecodeError('truncated', 'lzx: it ends within a block')
  }

  return {
    frame(data, size) {
      if (size > dialect.frame) throw new DecodeError('corrupt', `lzx: a frame of ${size} bytes`)
      pieces = []
      decodeFrame(data, size)
      history.flush()
      const content = Buffer.concat(pieces)
      const start = history.total - size
      if (translation && frames < TRANSLATED_FRAMES) makeRelative(content, start, translation)
      frames++
      return content
    },
  }
}

/** Bits, and from which byte of the data their place is counted. */
interface Place {
  readonly reader: BitReader
  readonly from: number
}

/** Bits come in words of 16, little endian: from even bytes on, or, behind a block that is not compressed, from odd ones. */
function placesIn(data: Uint8Array): (from: number) => Place {
  const known: (Buffer | undefined)[] = [undefined, undefined]
  return (from) => {
    const first = from & 1
    const words = known[first] ?? wordsFrom(data, first)
    known[first] = words
    return { reader: new BitReader(words, from - first), from: first }
  }
}

function wordsFrom(data: Uint8Array, first: number): Buffer {
  const length = Math.max(0, data.length - first)
  const words = Buffer.alloc(length + (length & 1))
  words.set(data.subarray(data.length - length))
  return words.swap16()
}

/** CALL with its target from the start of the content, which an encoder wrote instead of the offset. */
function makeRelative(content: Buffer, start: number, size: number): void {
  for (let at = 0; at < content.length - UNTRANSLATED; at++) {
    if (content[at] !== 0xe8) continue
    const position = start + at
    const absolute = content.readInt32LE(at + 1)
    if (absolute >= -position && absolute < size)
      content.writeInt32LE((absolute >= 0 ? absolute - position : absolute + size) | 0, at + 1)
    at += 4
  }
}
