import { FormatError, VERITY } from '../../contract.ts'
import { type Run, runsOf, type Trouble } from './blocks.ts'
import { FLAG, type Inode } from './inode.ts'
import { u32At, type Volume } from './volume.ts'

/** The tree begins behind the content, at the next such place: Linux kernel, fs/ext4/verity.c. */
const ALIGNMENT = 65_536
/** Of the descriptor without a signature, and what Linux takes at most, in bytes. */
const LEAST = 256
const MOST = 16_384
/** Block numbers have 32 bits. */
const BLOCKS = 2 ** 32

/**
 * What stands behind the content of a file with fs-verity: the hash tree, and from the next block on the descriptor, whose
 * length is the last number (32 bits) of the last block. Undefined for any other file.
 */
export function verityAttributes(
  volume: Volume,
  inode: Inode,
  trouble: Trouble,
): Readonly<Record<string, string>> | undefined {
  if ((inode.flags & FLAG.verity) === 0 || (inode.flags & FLAG.extents) === 0) return undefined
  const { blockSize } = volume.superblock
  const runs = runsOf(volume, inode, trouble, BLOCKS * blockSize)
  const last = runs.at(-1)
  if (!last) throw new FormatError('structure', 'fs-verity without a descriptor')
  const end = last.logical + last.length
  const size = u32At(volume.block(last.physical + last.length - 1), blockSize - 4)
  const first = Math.floor((end * blockSize - 4 - size) / blockSize)
  const tree = Math.ceil(inode.size / ALIGNMENT) * (ALIGNMENT / blockSize)
  if (size < LEAST || size > MOST || first < tree)
    throw new FormatError('structure', `a descriptor of fs-verity of ${size} bytes`)
  const descriptor = Buffer.concat(
    Array.from({ length: end - first }, (_, index) => volume.block(physicalOf(runs, first + index, 1))),
  ).subarray(0, size)
  const place = placeOfTree(runs, tree, first - tree)
  return {
    [VERITY.descriptor]: descriptor.toString('hex'),
    ...(place === undefined ? {} : { [VERITY.tree]: hex64(place * blockSize) }),
  }
}

function placeOfTree(runs: readonly Run[], tree: number, length: number): number | undefined {
  if (length === 0) return undefined
  const run = runs.find(({ logical, length: held }) => logical <= tree && tree + length <= logical + held)
  return run && run.physical + tree - run.logical
}

function physicalOf(runs: readonly Run[], block: number, length: number): number {
  const place = placeOfTree(runs, block, length)
  if (place === undefined) throw new FormatError('structure', 'a descriptor of fs-verity with a hole')
  return place
}

function hex64(value: number): string {
  return value.toString(16).padStart(16, '0')
}
