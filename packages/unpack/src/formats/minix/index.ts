import { BytesError } from '@messlatte/bytes'
import { type ContainerFormat, FormatError, type Sink } from '../../contract.ts'
import { type InodeMember, type InodeTree, listInodes } from '../inode-tree.ts'
import { inBatches } from '../members.ts'
import { magics, readSuperblock, type Superblock } from './superblock.ts'
import { ROOT, Volume } from './volume.ts'

interface File {
  readonly inode: number
  /** Bytes. */
  readonly size: number
}

type Member = InodeMember<File>

export const minix: ContainerFormat<readonly Member[]> = {
  kind: 'container',
  name: 'minix',
  title: 'MINIX file system (versions 1 to 3, both byte orders)',
  references: ['Linux kernel, include/uapi/linux/minix_fs.h and fs/minix'],
  limits: ['blocks that are larger than a zone are not read', 'the bitmaps are not read'],
  magic: magics(),
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    if (!superblock) return undefined
    const region = { start: at, end: Math.min(at + superblock.blocks * superblock.blockSize, bytes.size) }
    return hasRoot(new Volume(bytes, region, superblock)) ? region : undefined
  },

  *open(bytes, region, problem) {
    const superblock = readSuperblock(bytes, region.start) as Superblock
    const length = superblock.blocks * superblock.blockSize
    if (region.start + length > region.end)
      problem('truncated', `${length} bytes are announced, ${region.end - region.start} are there`)
    const members = listInodes(treeOf(new Volume(bytes, region, superblock), problem), problem)
    yield* inBatches(members, ({ file }) => file?.size ?? 0)
  },

  read(bytes, region, plan, sink) {
    const volume = new Volume(bytes, region, readSuperblock(bytes, region.start) as Superblock, sink.spend)
    for (const { meta, file } of plan) {
      if (!file) {
        sink.entry(meta)
        continue
      }
      const { size, extents, trouble } = volume.content(file.inode)
      const [first, ...others] = extents
      if (trouble !== undefined)
        sink.problem('structure', `${trouble}; the rest is shown as zeros`, meta.path)
      if (first && others.length === 0 && first.at === 0 && first.length === size)
        sink.slice(meta, first.from, size)
      else sink.mapped(meta, size, extents)
    }
  },
}

/** A root whose first two names are itself; what a cut has taken away speaks for nothing. */
function hasRoot(volume: Volume): boolean {
  try {
    return volume.describe(ROOT, '')?.type === 'directory' && volume.isOwnParent(ROOT)
  } catch (error) {
    if (error instanceof BytesError || error instanceof FormatError) return false
    throw error
  }
}

function treeOf(volume: Volume, problem: Sink['problem']): InodeTree<File> {
  return {
    root: ROOT,
    describe: (inode, path) => volume.describe(inode, path),
    within(inode, path) {
      try {
        return volume.names(inode)
      } catch (error) {
        if (!(error instanceof BytesError) && !(error instanceof FormatError)) throw error
        problem(error instanceof FormatError ? error.code : 'structure', error.message, path)
        return []
      }
    },
    content: (inode) => ({ inode, size: volume.inode(inode).size }),
    *parents() {},
  }
}
