import type { Bytes } from '@messlatte/bytes'
import { type Codec, decompressorOf, isCompressed, type StoredBlock, storedSize } from './compression.ts'
import { readDirectory } from './directories.ts'
import { isUnusable } from './inode.ts'
import { readInode } from './inodes.ts'
import { lzmaVariants } from './lzma-variants.ts'
import { Metadata } from './metadata.ts'
import type { Superblock } from './superblock.ts'
import { listTree, type PlannedFile, tried } from './tree.ts'

/** Names of the root that are looked at. */
const PROBED = 64

/**
 * Finds out how blocks are compressed, which vendors do not write down: the first way, in a fixed order, in which the
 * root and its names read as such, or, where these are stored as they are, in which a block of contents does. What it costs
 * is a few blocks for each of some hundred ways.
 */
export function detectCodec(bytes: Bytes, start: number, superblock: Superblock): Codec {
  const stated: Codec =
    superblock.version === 4 ? { kind: 'official', compressor: superblock.compressor } : { kind: 'mixed' }
  for (const codec of candidates(stated)) {
    const root = readsWith(codec, bytes, start, superblock)
    if (root === 'unpacked') return codec
    if (root === 'stored') return codecOfContents(bytes, start, superblock, stated)
  }
  return stated
}

function* candidates(stated: Codec): Generator<Codec> {
  yield stated
  if (stated.kind === 'official') yield { kind: 'mixed' }
  for (const variant of lzmaVariants()) yield { kind: 'variant', variant }
}

/** Whether the root reads, and whether anything had to be decompressed for it. */
function readsWith(
  codec: Codec,
  bytes: Bytes,
  start: number,
  superblock: Superblock,
): 'unpacked' | 'stored' | undefined {
  const decompress = decompressorOf(codec)
  let how: 'unpacked' | 'stored' = 'stored'
  const metadata = new Metadata(bytes, start, superblock, (input, output) => {
    how = 'unpacked'
    return decompress(input, output)
  })
  return tried(() => hasRoot(metadata, superblock)) ? how : undefined
}

function codecOfContents(bytes: Bytes, start: number, superblock: Superblock, stated: Codec): Codec {
  const { files } = listTree(bytes, start, superblock, stated, () => {})
  const sample = sampleOf(files, superblock.blockSize)
  const input =
    sample && tried(() => bytes.view(start + sample.block.start, storedSize(sample.block.sizeWord)))
  if (!input) return stated
  const output = new Uint8Array(superblock.blockSize)
  for (const codec of candidates(stated)) {
    const length = tried(() => decompressorOf(codec)(input, output)) ?? 0
    if (length >= sample.least && length <= sample.most) return codec
  }
  return stated
}

/** A compressed block, and how many bytes come out of it. */
interface Sample {
  readonly block: StoredBlock
  readonly least: number
  readonly most: number
}

function sampleOf(files: readonly PlannedFile[], blockSize: number): Sample | undefined {
  for (const { start, size, sizeWords, fragment, fragmentOffset } of files) {
    let at = start
    for (const [index, sizeWord] of sizeWords.entries()) {
      const length = Math.min(blockSize, size - index * blockSize)
      if (isCompressed(sizeWord)) return { block: { start: at, sizeWord }, least: length, most: length }
      at += storedSize(sizeWord)
    }
    const least = fragmentOffset + size - sizeWords.length * blockSize
    if (fragment && isCompressed(fragment.sizeWord)) return { block: fragment, least, most: blockSize }
  }
  return undefined
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
