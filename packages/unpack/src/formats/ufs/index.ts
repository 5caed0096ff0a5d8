import type { ContainerFormat, Sink } from '../../contract.ts'
import { type InodeMember, listInodes } from '../inode-tree.ts'
import { inBatches, typeOfMode } from '../members.ts'
import { gathered, showPieces } from '../pieces.ts'
import { quietly, telling } from '../telling.ts'
import { magics, readSuperblock } from './superblock.ts'
import { ROOT, Volume } from './volume.ts'

/** A file, by the number of its inode. */
interface File {
  readonly inode: number
  /** Bytes. */
  readonly size: number
}

type Member = InodeMember<File>

export const ufs: ContainerFormat<readonly Member[]> = {
  kind: 'container',
  name: 'ufs',
  title: 'UFS, the fast file system of BSD (versions 1 and 2, both byte orders)',
  references: ['FreeBSD, sys/ufs/ffs/fs.h and sys/ufs/ufs/{dinode.h,dir.h}', 'NetBSD, makefs(8)'],
  limits: [
    'the journal is not replayed; an image that was not unmounted says so',
    'extended attributes are not read',
    'file systems in the form of 4.2BSD, and those of Solaris and HP-UX that differ, are not recognised',
    'copies of the superblock are not used',
  ],
  magic: magics(),
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    if (!superblock) return undefined
    const length = superblock.fragments * superblock.fragmentSize
    const region = { start: at, end: Math.min(at + length, bytes.size) }
    return hasRoot(new Volume(bytes, region)) ? region : undefined
  },

  *open(bytes, region, problem) {
    const volume = new Volume(bytes, region)
    const { fragments, fragmentSize, isClean } = volume.superblock
    const length = fragments * fragmentSize
    if (region.start + length > region.end)
      problem('truncated', `${length} bytes are announced, ${region.end - region.start} are there`)
    if (!isClean) problem('unsupported', 'it was not unmounted: what was under way is not made good')
    yield* inBatches(list(volume, problem), ({ file }) => file?.size ?? 0)
  },

  read(bytes, region, plan, sink) {
    const volume = new Volume(bytes, region, sink.spend)
    for (const { meta, file } of plan) {
      if (!file) {
        sink.entry(meta)
        continue
      }
      const { trouble, tell } = gathered()
      showPieces(meta, file.size, volume.pieces(volume.inode(file.inode), trouble), sink)
      tell(sink, meta.path)
    }
  },
}

function hasRoot(volume: Volume): boolean {
  return quietly(() => volume.describe(ROOT, '', () => {}))?.type === 'directory'
}

function list(volume: Volume, problem: Sink['problem']): Iterable<Member> {
  const { start, end } = volume.region
  const { fragments, fragmentSize } = volume.superblock
  const { tell, attempt, isDamaged } = telling(problem, end - start < fragments * fragmentSize)

  return listInodes<File>(
    {
      root: ROOT,
      describe: (inode, path) => attempt(path, (trouble) => volume.describe(inode, path, trouble)),
      within: (inode, path) => attempt(path, (trouble) => [...volume.names(inode, trouble)]) ?? [],
      content: (inode) => ({ inode, size: volume.inode(inode).size }),
      *parents() {
        if (!isDamaged()) return
        for (let number = ROOT + 1; number < volume.inodesThere; number++) {
          const inode = quietly(() => volume.inode(number))
          if (inode && typeOfMode(inode.mode) === 'directory') yield number
        }
      },
    },
    tell,
  )
}
