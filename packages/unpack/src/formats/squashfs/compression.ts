import { type Bytes, lz4Block, lzmaAloneBlock, lzo1x, xzBlock, zlibBlock, zstdBlock } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { type LzmaVariant, lzmaVariantBlock } from './lzma-variants.ts'
import type { Compressor } from './superblock.ts'

/** Decompresses one block into `output`; says how many bytes it wrote. */
export type Decompress = (input: Uint8Array, output: Uint8Array) => number

/** How the blocks of an image are compressed; plain data, because it travels with the plan. */
export type Codec =
  | { readonly kind: 'official'; readonly compressor: Compressor }
  /** Each block is zlib, .lzma, or LZMA behind its properties alone. */
  | { readonly kind: 'mixed' }
  | { readonly kind: 'variant'; readonly variant: LzmaVariant }

export function decompressorOf(codec: Codec): Decompress {
  switch (codec.kind) {
    case 'official':
      return officialDecompressor(codec.compressor)
    case 'mixed':
      return mixedBlock
    case 'variant':
      return (input, output) => lzmaVariantBlock(codec.variant, input, output)
  }
}

function officialDecompressor(compressor: Compressor): Decompress {
  switch (compressor) {
    case 'gzip':
      return zlibBlock
    case 'lzma':
      return lzmaAloneBlock
    case 'lzo':
      return lzo1x
    case 'xz':
      return xzBlock
    case 'lz4':
      return lz4Block
    case 'zstd':
      return zstdBlock
  }
}

/** The lower half of a zlib stream's first byte. */
const DEFLATE = 8

function mixedBlock(input: Uint8Array, output: Uint8Array): number {
  const zlib = ((input[0] ?? 0) & 0x0f) === DEFLATE
  if (zlib) return zlibBlock(input, output)
  if (claimsTooMuch(input, output)) return lzmaVariantBlock({ header: 'properties' }, input, output)
  return lzmaAloneBlock(input, output)
}

/**
 * Properties and dictionary only, as Broadcom writes contents beside metadata that is zlib: the eight bytes of a size
 * that .lzma has there are the stream already.
 */
function claimsTooMuch(input: Uint8Array, output: Uint8Array): boolean {
  if (input.length < 13) return true
  const size = new DataView(input.buffer, input.byteOffset + 5, 8).getBigUint64(0, true)
  return size > BigInt(output.length) && size !== UNKNOWN_SIZE
}

const UNKNOWN_SIZE = 0xffff_ffff_ffff_ffffn

/** A data block's or fragment's size word: bit 24 says that it is stored as it is. */
export interface StoredBlock {
  readonly start: number
  readonly sizeWord: number
}

const STORED = 1 << 24
/** Most images have blocks of this size, in bytes. */
const LEAST_ROOM = 128 * 1024

/** Zero is a block of zeros that is not there. */
export function isCompressed(sizeWord: number): boolean {
  return storedSize(sizeWord) > 0 && (sizeWord & STORED) === 0
}

export function storedSize(sizeWord: number): number {
  return sizeWord & (STORED - 1)
}

/** Fills `output` with a block; gives its length. @throws FormatError, DecodeError, BytesError */
export type ReadBlock = (block: StoredBlock, output: Uint8Array) => number

/**
 * Blocks are read into one and the same room: a view of each would be memory that is dropped at once.
 * @param start where the file system starts in `bytes`
 */
export function blockReader(bytes: Bytes, start: number, decompress: Decompress): ReadBlock {
  let room = new Uint8Array(0)
  return (block, output) => {
    const size = storedSize(block.sizeWord)
    if ((block.sizeWord & STORED) !== 0) {
      if (size > output.length)
        throw new FormatError('structure', `a stored block of ${size} bytes at ${block.start} is too long`)
      bytes.copy(start + block.start, output.subarray(0, size))
      return size
    }
    if (size > room.length) room = new Uint8Array(Math.max(size, LEAST_ROOM))
    const input = room.subarray(0, size)
    bytes.copy(start + block.start, input)
    return decompress(input, output)
  }
}
