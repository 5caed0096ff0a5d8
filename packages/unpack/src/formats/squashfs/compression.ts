import { lz4Block, lzmaAloneBlock, lzo1x, xzBlock, zlibBlock, zstdBlock } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import type { Compressor } from './superblock.ts'

/** Decompresses one block into `output`; says how many bytes it wrote. */
export type Decompress = (input: Uint8Array, output: Uint8Array) => number

export function decompressorOf(compressor: Compressor): Decompress {
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
