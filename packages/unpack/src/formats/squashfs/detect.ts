import { type Bytes, BytesError, DecodeError } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { type Codec, decompressorOf } from './compression.ts'
import { readDirectory } from './directories.ts'
import { isUnusable } from './inode.ts'
import { readInode } from './inodes.ts'
import { lzmaVariants } from './lzma-variants.ts'
import { Metadata } from './metadata.ts'
import type { Superblock } from './superblock.ts'

/** Names of the root that are looked at. */
const PROBED = 64

/**
 * Finds out how blocks are compressed, which vendors do not write down: the first way, in a fixed order, in which the
 * root and its names read as such. What it costs is a few blocks for each of some hundred ways.
 */
export function detectCodec(bytes: Bytes, start: number, superblock: Superblock): Codec {
  const stated: Codec =
    superblock.version === 4 ? { kind: 'official', compressor: superblock.compressor } : { kind: 'mixed' }
  for (const codec of candidates(stated)) {
    if (readsWith(codec, bytes, start, superblock)) return codec
  }
  return stated
}

function* candidates(stated: Codec): Generator<Codec> {
  yield stated
  if (stated.kind === 'official') yield { kind: 'mixed' }
  for (const variant of lzmaVariants()) yield { kind: 'variant', variant }
}

function readsWith(codec: Codec, bytes: Bytes, start: number, superblock: Superblock): boolean {
  try {
    const metadata = new Metadata(bytes, start, superblock, decompressorOf(codec))
    return hasRoot(metadata, superblock)
  } catch (error) {
    if (error instanceof FormatError || error instanceof DecodeError || error instanceof BytesError)
      return false
    throw error
  }
}

function hasRoot(metadata: Metadata, superblock: Superblock): boolean {
  const { inodeTable, directoryTable, version } = superblock
  const block = Number(superblock.rootInode >> 16n)
  const offset = Number(superblock.rootInode & 0xffffn)
  const root = readInode(metadata.cursor(inodeTable, block, offset), superblock, block * 65_536 + offset)
  if (root.type !== 'directory') return false
  if (root.size <= 3) return true
  let names = 0
  for (const { name } of readDirectory(
    metadata.cursor(directoryTable, root.block, root.offset),
    version,
    root.size,
  )) {
    if (isUnusable(name)) return false
    if (++names === PROBED) break
  }
  return names > 0
}
