import { lz4Block, lzmaAloneBlock, lzo1x, xzBlock, zlibBlock, zstdBlock } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { type LzmaVariant, lzmaVariantBlock } from './lzma-variants.ts'
import type { Compressor } from './superblock.ts'

/** Decompresses one block into `output`; says how many bytes it wrote. */
export type Decompress = (input: Uint8Array, output: Uint8Array) => number

/** How the blocks of an image are compressed; plain data, because it travels with the plan. */
export type Codec =
  | { readonly kind: 'official'; readonly compressor: Compressor }
  /** Each block is zlib or .lzma, whatever came out smaller. */
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
  return zlib ? zlibBlock(input, output) : lzmaAloneBlock(input, output)
}

/** A data block's or fragment's size word: bit 24 says that it is stored as it is. */
export interface StoredBlock {
  readonly start: number
  readonly sizeWord: number
}

const STORED = 1 << 24

export function storedSize(sizeWord: number): number {
  return sizeWord & (STORED - 1)
}

/**
 * Fills `output` with the block: it must come out whole.
 * @throws FormatError, DecodeError, BytesError
 */
export function readBlock(
  view: (at: number, length: number) => Uint8Array,
  block: StoredBlock,
  decompress: Decompress,
  output: Uint8Array,
): number {
  const size = storedSize(block.sizeWord)
  const input = view(block.start, size)
  if ((block.sizeWord & STORED) === 0) return decompress(input, output)
  if (size > output.length)
    throw new FormatError('structure', `a stored block of ${size} bytes at ${block.start} is too long`)
  output.set(input)
  return size
}
