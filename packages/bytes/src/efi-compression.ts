import { History } from './history.ts'
import { BitReader, PrefixCode } from './prefix-code.ts'
import { DecodeError } from './stream-end.ts'

/** Compressed size and size of what comes out, both u32, little endian. */
export const EFI_COMPRESSION_HEADER = 8

/** `efi` is the one of the UEFI specification (1.1 and on), `tiano` the one with the larger window. */
export type EfiVariant = 'efi' | 'tiano'

/** Methods of LHA, and that of ARJ, which all work the same way. */
export type LzhVariant = 'lh4' | 'lh5' | 'lh6' | 'lh7' | 'arj'

/** Bits of the count of distance codes, most of these, and how far back they reach, in bytes. */
const VARIANTS = {
  efi: { countBits: 4, codes: 14, window: 8 * 1024 },
  tiano: { countBits: 5, codes: 20, window: 512 * 1024 },
  lh4: { countBits: 4, codes: 14, window: 4 * 1024 },
  lh5: { countBits: 4, codes: 14, window: 8 * 1024 },
  lh6: { countBits: 5, codes: 16, window: 32 * 1024 },
  lh7: { countBits: 5, codes: 17, window: 64 * 1024 },
  arj: { countBits: 5, codes: 17, window: 26 * 1024 },
} as const

const SYMBOLS = 510
const SYMBOL_COUNT_BITS = 9
const LENGTH_CODES = 19
const LENGTH_COUNT_BITS = 5

type Write = (chunk: Uint8Array) => void

export interface EfiCompressionHeader {
  /** Bytes, without the header. */
  readonly compressed: number
  /** Bytes that come out. */
  readonly size: number
}

/** The header at the start of `input`, or undefined where it is cut off. */
export function efiCompressionHeader(input: Uint8Array): EfiCompressionHeader | undefined {
  if (input.length < EFI_COMPRESSION_HEADER) return undefined
  const data = new DataView(input.buffer, input.byteOffset, EFI_COMPRESSION_HEADER)
  return { compressed: data.getUint32(0, true), size: data.getUint32(4, true) }
}

/**
 * Undoes the compression of the UEFI specification, chapter 19: LZ77 with prefix codes, in blocks. `write` may throw to
 * stop; a chunk is valid during the call only.
 * @param input with its header
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function efiDecompress(input: Uint8Array, variant: EfiVariant, write: Write): void {
  const header = efiCompressionHeader(input)
  if (!header) throw new DecodeError('truncated', 'EFI compression: the header is cut off')
  const end = Math.min(input.length, EFI_COMPRESSION_HEADER + header.compressed)
  const out = new History(Math.min(header.size, VARIANTS[variant].window), write)
  try {
    decodeBlocks(new BitReader(input.subarray(0, end), EFI_COMPRESSION_HEADER), variant, header.size, out)
  } finally {
    out.flush()
  }
}

/**
 * Undoes the compression of LHA and ARJ: the same one, with other windows. `write` may throw to stop; a chunk is valid
 * during the call only.
 * @param input without any header
 * @param size bytes that come out
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function lzhDecompress(input: Uint8Array, variant: LzhVariant, size: number, write: Write): void {
  const out = new History(Math.min(size, VARIANTS[variant].window), write)
  try {
    decodeBlocks(new BitReader(input, 0), variant, size, out)
  } finally {
    out.flush()
  }
}

/** Undoes the method 4 of ARJ, which has no prefix codes. As `lzhDecompress`. @throws DecodeError */
export function arjFastDecompress(input: Uint8Array, size: number, write: Write): void {
  const out = new History(Math.min(size, FAST.window), write)
  const reader = new BitReader(input, 0)
  try {
    while (out.total < size) {
      const length = growing(reader, 0, FAST.mostLengthBits)
      const literal = length === 0 ? reader.bits(8) : 0
      const distance = length === 0 ? 0 : growing(reader, FAST.leastDistanceBits, FAST.mostDistanceBits) + 1
      if (reader.isOver) throw new DecodeError('truncated', 'LZH: the data ends early')
      if (length === 0) out.literal(literal)
      else out.match(distance, Math.min(length + 2, size - out.total))
    }
  } finally {
    out.flush()
  }
}

const FAST = { window: 32 * 1024, mostLengthBits: 7, leastDistanceBits: 9, mostDistanceBits: 13 } as const

/** A number whose bits are told in unary: each one more doubles the range that goes before. */
function growing(reader: BitReader, least: number, most: number): number {
  let before = 0
  let bits = least
  for (; bits < most && reader.bits(1) === 1; bits++) before += 1 << bits
  return before + reader.bits(bits)
}

function decodeBlocks(reader: BitReader, variant: EfiVariant | LzhVariant, size: number, out: History): void {
  const { countBits, codes } = VARIANTS[variant]
  while (out.total < size) {
    const symbols = reader.bits(16)
    if (symbols === 0) throw new DecodeError('corrupt', 'LZH: a block is empty')
    const lengths = readCode(reader, LENGTH_CODES, LENGTH_COUNT_BITS, 3)
    const literals = readSymbolCode(reader, lengths)
    const distances = readCode(reader, codes, countBits)
    if (reader.isOver) throw new DecodeError('truncated', 'LZH: the data ends early')
    for (let i = 0; i < symbols && out.total < size; i++) {
      const symbol = literals.decode(reader)
      const distance = symbol < 256 ? 0 : distanceOf(distances.decode(reader), reader)
      // Each symbol is looked at, lest zeros from behind the end pass for data.
      if (reader.isOver) throw new DecodeError('truncated', 'LZH: the data ends early')
      if (distance === 0) out.literal(symbol)
      else out.match(distance, Math.min(symbol - 253, size - out.total))
    }
  }
}

/** The distance's highest bit is told by its code, the bits below follow. */
function distanceOf(code: number, reader: BitReader): number {
  if (code < 2) return code + 1
  const extra = code - 1
  const high = extra > 16 ? reader.bits(extra - 16) : 0
  return ((1 << extra) | (high << 16) | reader.bits(Math.min(extra, 16))) + 1
}

/** A code whose lengths stand as 3 bits, or 7 and more in unary. Behind the first `gapAfter` comes a count of zeros. */
function readCode(reader: BitReader, most: number, countBits: number, gapAfter = -1): PrefixCode {
  const count = reader.bits(countBits)
  if (count === 0) return onlyBelow(reader.bits(countBits), most)
  if (count > most) throw new DecodeError('corrupt', 'LZH: too many codes')
  const lengths = new Uint8Array(most)
  for (let at = 0; at < count; ) {
    let bits = reader.bits(3)
    if (bits === 7) while (reader.bits(1) === 1) if (++bits > 16) throw tooLong()
    lengths[at++] = bits
    if (at === gapAfter) at += reader.bits(2)
  }
  return new PrefixCode(lengths)
}

/** The code of literals and match lengths; its lengths are themselves in a prefix code. */
function readSymbolCode(reader: BitReader, code: PrefixCode): PrefixCode {
  const count = reader.bits(SYMBOL_COUNT_BITS)
  if (count === 0) return onlyBelow(reader.bits(SYMBOL_COUNT_BITS), SYMBOLS)
  if (count > SYMBOLS) throw new DecodeError('corrupt', 'LZH: too many codes')
  const lengths = new Uint8Array(SYMBOLS)
  for (let at = 0; at < count; ) {
    const length = code.decode(reader)
    if (length > 2) lengths[at++] = length - 2
    else if (length === 0) at++
    else at += length === 1 ? reader.bits(4) + 3 : reader.bits(9) + 20
  }
  return new PrefixCode(lengths)
}

function onlyBelow(symbol: number, most: number): PrefixCode {
  if (symbol >= most) throw new DecodeError('corrupt', 'LZH: a code is out of range')
  return PrefixCode.only(symbol)
}

function tooLong(): DecodeError {
  return new DecodeError('corrupt', 'LZH: a code is too long')
}
