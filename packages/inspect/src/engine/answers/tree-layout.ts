import type { HashTreeAsk, TreeAlgorithm } from '../../contract.ts'

/** Bytes of a digest. */
export const TREE_DIGESTS: Readonly<Record<TreeAlgorithm, number>> = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha3-256': 32,
  'sha3-384': 48,
  'sha3-512': 64,
}

/** Powers of two, from a sector to the largest page of any machine. */
const LEAST_BLOCK = 512
const MOST_BLOCK = 64 * 1024
/** As many as 64-bit block numbers can need. */
const MOST_LEVELS = 63

export interface TreeLayout {
  readonly digest: number
  /** Bytes from one digest to the next in a block. */
  readonly slot: number
  readonly perBlock: number
  readonly dataBlocks: number
  /** Blocks of each level of the tree, leaves first; none where the only data block's digest is the root. */
  readonly levels: readonly number[]
  /** Where each level begins, in blocks from the start of the tree: the level of the root comes first. */
  readonly starts: readonly number[]
  /** Blocks of the whole tree. */
  readonly treeBlocks: number
}

/** How the tree lies; undefined for numbers that no tree has. */
export function treeLayout(
  ask: Pick<HashTreeAsk, 'algorithm' | 'dataBlock' | 'hashBlock' | 'hashType' | 'length'>,
): TreeLayout | undefined {
  const { algorithm, dataBlock, hashBlock, hashType, length } = ask
  if (![dataBlock, hashBlock].every(isBlock) || !Number.isSafeInteger(length) || length <= 0) return undefined
  const digest = TREE_DIGESTS[algorithm]
  // Type 1 pads each digest to a power of two; type 0 packs them, but still takes a power of two of them into a block.
  const perBlock = 2 ** Math.floor(Math.log2(hashBlock / digest))
  const slot = hashType === 1 ? 2 ** Math.ceil(Math.log2(digest)) : digest
  if (perBlock < 2) return undefined
  const dataBlocks = Math.ceil(length / dataBlock)
  const levels: number[] = []
  for (let below = dataBlocks; below > 1; below = Math.ceil(below / perBlock)) {
    if (levels.length > MOST_LEVELS) return undefined
    levels.push(Math.ceil(below / perBlock))
  }
  const starts: number[] = []
  let treeBlocks = 0
  for (let level = levels.length - 1; level >= 0; level--) {
    starts[level] = treeBlocks
    treeBlocks += levels[level] as number
  }
  return { digest, slot, perBlock, dataBlocks, levels, starts, treeBlocks }
}

function isBlock(size: number): boolean {
  return size >= LEAST_BLOCK && size <= MOST_BLOCK && Number.isInteger(Math.log2(size))
}
