import { type Bytes, Reader } from '@messlatte/bytes'

export const SUPERBLOCK_AT = 0x10000
export const MAGIC_AT = SUPERBLOCK_AT + 52
/** Versions 3.5 and 3.6, and either with a journal that is not the usual one. */
export const MAGICS = ['ReIsErFs', 'ReIsEr2Fs', 'ReIsEr3Fs']
const SUPERBLOCK = 76
const [LEAST_BLOCK, LARGEST_BLOCK] = [512, 65_536]
const MOST_HEIGHT = 8
const CLEAN = 1

export interface Superblock {
  /** Bytes of a block. */
  readonly blockSize: number
  readonly blocks: number
  /** Block of the root of the tree. */
  readonly root: number
  /** Levels of the tree, and one more. */
  readonly height: number
  /** Whether it was put away in order; else the newest changes are in the journal only. */
  readonly isClean: boolean
}

/** Linux, fs/reiserfs/reiserfs.h; little endian. @throws BytesError */
export function readSuperblock(bytes: Bytes, start: number): Superblock | undefined {
  const reader = new Reader(bytes.view(start + SUPERBLOCK_AT, SUPERBLOCK), 'little')
  const [blocks, , root] = [reader.u32(), reader.u32(), reader.u32()]
  reader.at = 44
  const blockSize = reader.u16()
  reader.at = 50
  const state = reader.u16()
  const magic = reader.latin1(10).split('\0', 1)[0] as string
  reader.at = 68
  const height = reader.u16()
  if (!MAGICS.includes(magic) || blockSize < LEAST_BLOCK || blockSize > LARGEST_BLOCK) return undefined
  if ((blockSize & (blockSize - 1)) !== 0 || root === 0 || root >= blocks) return undefined
  if (height < 2 || height > MOST_HEIGHT || blocks * blockSize <= SUPERBLOCK_AT) return undefined
  return { blockSize, blocks, root, height, isClean: state === CLEAN }
}
