import { type Bytes, type Endian, Reader } from '@messlatte/bytes'
import { chains } from './metadata.ts'
import type { Superblock } from './superblock.ts'
import { readSuperblock4, SUPERBLOCK_4_SIZE } from './superblock-4.ts'
import { readOldSuperblock } from './superblock-old.ts'

/** The official magic and the vendors': LZMA (slax, Broadcom, Cisco), DD-WRT, and one of unknown origin. */
const MAGICS: ReadonlyMap<string, Endian> = new Map([
  ['hsqs', 'little'],
  ['sqsh', 'big'],
  ['shsq', 'little'],
  ['qshs', 'big'],
  ['hsqt', 'little'],
  ['tqsh', 'big'],
  ['zlqs', 'little'],
  ['sqlz', 'big'],
])

export const MAGIC_TEXTS: readonly string[] = [...MAGICS.keys()]

const MAJOR_AT = 28
/** The magic and the version, which stand at the same place in all versions. */
const COMMON = 32

/** The superblock at `at`, or undefined where its fields do not fit together. */
export function readSuperblock(bytes: Bytes, at: number): Superblock | undefined {
  if (bytes.size - at < COMMON) return undefined
  const head = bytes.view(at, COMMON)
  const endian = MAGICS.get(new Reader(head, 'little').latin1(4))
  if (endian === undefined) return undefined
  const major = new Reader(head, endian, MAJOR_AT).u16()
  if (major !== 4) return readOldSuperblock(bytes, at, endian, major)
  if (bytes.size - at < SUPERBLOCK_4_SIZE) return undefined
  const superblock = readSuperblock4(new Reader(bytes.view(at, SUPERBLOCK_4_SIZE), endian))
  return superblock && endian === 'big' ? withLengths(bytes, at, superblock) : superblock
}

/** AVM's big-endian images have metadata sizes in little endian: which it is, the sizes themselves tell. */
function withLengths(bytes: Bytes, at: number, superblock: Superblock): Superblock {
  if (bytes.size - at < superblock.directoryTable || chains(bytes, at, superblock, 'big')) return superblock
  return chains(bytes, at, superblock, 'little') ? { ...superblock, lengths: 'little' } : superblock
}
