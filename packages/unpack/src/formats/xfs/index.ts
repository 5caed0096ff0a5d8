import { type ContainerFormat, type EntryMeta, FormatError, type Sink } from '../../contract.ts'
import { inBatches, typeOfMode } from '../members.ts'
import { gathered, Pieces, showPieces } from '../pieces.ts'
import { quietly } from '../telling.ts'
import { runsOf } from './blocks.ts'
import { readInode } from './inode.ts'
import { MAGIC, readSuperblock } from './superblock.ts'
import { listTree, type XfsMember } from './tree.ts'
import { Volume } from './volume.ts'

export const xfs: ContainerFormat<readonly XfsMember[]> = {
  kind: 'container',
  name: 'xfs',
  title: 'XFS (versions 4 and 5)',
  references: [
    'XFS Algorithms & Data Structures, 3rd edition, part III',
    'Linux kernel, fs/xfs/libxfs/xfs_format.h and xfs_da_format.h',
  ],
  limits: [
    'the log is not replayed, and it is not told whether it would have to be',
    'what lies on a realtime device is not read',
    'copies of the superblock are not used, and the trees of free space are not read',
    'long attributes that stand apart from their names are left out, and told',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    if (!superblock) return undefined
    const region = { start: at, end: Math.min(at + superblock.blocks * superblock.blockSize, bytes.size) }
    return hasRoot(new Volume(bytes, region)) ? region : undefined
  },

  *open(bytes, region, problem) {
    const volume = new Volume(bytes, region)
    const { blocks, blockSize, sound, needsRepair } = volume.superblock
    if (sound === false) problem('checksum', 'the checksum of the superblock differs')
    if (region.start + blocks * blockSize > region.end)
      problem(
        'truncated',
        `${blocks * blockSize} bytes are announced, ${region.end - region.start} are there`,
      )
    if (needsRepair) problem('structure', 'its superblock says that it needs to be repaired')
    yield* inBatches(listTree(volume, problem), ({ file }) => file?.cost ?? 0)
  },

  read(bytes, region, plan, sink) {
    const volume = new Volume(bytes, region, sink.spend)
    for (const { meta, file } of plan) {
      if (file) showFile(volume, file.inode, meta, sink)
      else sink.entry(meta)
    }
  },
}

function hasRoot(volume: Volume): boolean {
  return typeOfMode(quietly(() => readInode(volume, volume.superblock.root))?.mode ?? 0) === 'directory'
}

function showFile(volume: Volume, number: number, meta: EntryMeta, sink: Sink): void {
  const { size, content, isRealtime } = readInode(volume, number)
  const { blockSize } = volume.superblock
  const { trouble, tell } = gathered()
  if (isRealtime) {
    sink.problem('unsupported', 'its content lies on a realtime device', meta.path)
    sink.entry(meta)
    return
  }
  const isMapped = content.kind === 'extents' || content.kind === 'tree'
  if (!isMapped && size > 0) trouble('structure', 'it does not tell where it lies; it is shown as zeros')
  const pieces = new Pieces(volume.region, size, trouble)
  for (const { logical, physical, length } of runsOf(volume, number, content, trouble)) {
    try {
      pieces.add(logical * blockSize, length * blockSize, volume.placeOf(physical, length))
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      trouble(error.code, `${error.message}; that part is shown as zeros`)
    }
  }
  showPieces(meta, size, pieces.list, sink)
  tell(sink, meta.path)
}
