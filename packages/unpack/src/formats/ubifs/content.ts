import { type Bytes, BytesError, DecodeError, inflateRaw, lzo1x, zstdBlock } from '@messlatte/bytes'
import { FormatError, type FormatErrorCode, type Region } from '../../contract.ts'
import {
  DATA_BLOCK,
  HEADER,
  KEY,
  keyLow,
  keyOf,
  MOST_LEAF,
  NODE,
  nodeLength,
  readData,
  readNode,
} from './nodes.ts'
import type { UbifsFile } from './tree.ts'

/** Numbers in data nodes that say how they are stored. */
const STORED = { none: 0, lzo: 1, deflate: 2, zstd: 3 } as const

/**
 * Puts a file together; `out` is as long as the file and zeroed, because blocks without a node are holes.
 * @returns how many blocks are missing, by what is wrong with them
 */
export function fillFile(
  bytes: Bytes,
  { start }: Region,
  file: UbifsFile,
  out: Uint8Array,
): ReadonlyMap<FormatErrorCode, number> {
  const lost = new Map<FormatErrorCode, number>()
  for (const [index, block] of file.blocks.entries()) {
    const from = block * DATA_BLOCK
    if (from >= out.length) continue
    const part = out.subarray(from, from + DATA_BLOCK)
    try {
      fillBlock(bytes, start + (file.places[index] as number), file.inode, block, part)
    } catch (error) {
      if (!(error instanceof FormatError || error instanceof DecodeError || error instanceof BytesError))
        throw error
      part.fill(0)
      const code = error instanceof FormatError ? error.code : 'structure'
      lost.set(code, (lost.get(code) ?? 0) + 1)
    }
  }
  return lost
}

/** Blocks of the file that have no node. */
export function holesOf({ size, blocks }: UbifsFile): number {
  const all = Math.ceil(size / DATA_BLOCK)
  return all - blocks.filter((block) => block < all).length
}

function fillBlock(bytes: Bytes, at: number, inode: number, block: number, part: Uint8Array): void {
  const node = readNode(bytes, at, MOST_LEAF)
  if (!node) throw new FormatError(whyNoNode(bytes, at), `no valid node at ${at}`)
  const key = node.type === NODE.data && keyOf(node)
  if (!key || key.inode !== inode || key.low !== keyLow(KEY.data, block))
    throw new FormatError('structure', `no data of block ${block} at ${at}`)
  const data = readData(node)
  if (data.size > DATA_BLOCK) throw new FormatError('structure', `a block of ${data.size} bytes`)
  // The file may have been cut within this block.
  const whole = data.size <= part.length ? part.subarray(0, data.size) : new Uint8Array(data.size)
  const written = decompress(data.compression, data.stored, whole)
  if (written !== data.size)
    throw new FormatError('structure', `${written} bytes instead of ${data.size} in block ${block}`)
  if (data.size > part.length) part.set(whole.subarray(0, part.length))
}

function whyNoNode(bytes: Bytes, at: number): FormatErrorCode {
  const length = nodeLength(bytes, at)
  if (at + HEADER > bytes.size || (length !== undefined && at + length > bytes.size)) return 'truncated'
  return length === undefined ? 'structure' : 'checksum'
}

function decompress(compression: number, stored: Uint8Array, output: Uint8Array): number {
  switch (compression) {
    case STORED.none:
      output.set(stored.subarray(0, output.length))
      return Math.min(stored.length, output.length)
    case STORED.lzo:
      return lzo1x(stored, output)
    case STORED.deflate:
      return inflateRaw(stored, output)
    case STORED.zstd:
      return zstdBlock(stored, output)
    default:
      throw new FormatError('unsupported', `compression ${compression}`)
  }
}
