import { BytesError } from '@messlatte/bytes'
import { type ContainerFormat, FormatError } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { showFile } from './content.ts'
import { readDescriptor } from './groups.ts'
import { INCOMPAT, MAGIC_AT, readSuperblock } from './superblock.ts'
import { type ExtMember, listTree } from './tree.ts'
import { Volume } from './volume.ts'

/** Two bytes are too weak to be searched for; behind them the state stands, a number of three bits. */
const STATES = [0, 1, 2, 3, 4, 5, 6, 7]

export const ext: ContainerFormat<readonly ExtMember[]> = {
  kind: 'container',
  name: 'ext',
  title: 'ext2, ext3 and ext4',
  references: [
    'Linux kernel, Documentation/filesystems/ext4/',
    'e2fsprogs, lib/ext2fs/{ext2_fs.h,ext3_extents.h,ext2_ext_attr.h,csum.c}',
  ],
  limits: [
    'the journal is not replayed; an image that needs it says so',
    'copies of the superblock and of the group descriptors are not used',
    'encrypted and compressed contents are not read',
    'the bitmaps are not read, and their checksums are not compared',
    'a file with holes of over 2 GiB is listed without its content',
  ],
  magic: STATES.map((state) => ({ bytes: `\x53\xef${String.fromCharCode(state)}\0`, at: MAGIC_AT })),
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    if (!superblock) return undefined
    const region = { start: at, end: Math.min(at + superblock.blocks * superblock.blockSize, bytes.size) }
    // Where no checksum vouches for it, the group's inodes have to lie within.
    if (!superblock.sound && !hasTable(new Volume(bytes, region))) return undefined
    return region
  },

  *open(bytes, region, problem) {
    const volume = new Volume(bytes, region)
    const { superblock } = volume
    const length = superblock.blocks * superblock.blockSize
    if (superblock.sound === false) problem('checksum', 'the checksum of the superblock differs')
    if (region.start + length > region.end)
      problem('truncated', `${length} bytes are announced, ${region.end - region.start} are there`)
    if ((superblock.incompat & INCOMPAT.recover) !== 0)
      problem('unsupported', 'it was not unmounted: what its journal holds is not replayed')
    const groups = unsoundGroups(volume)
    if (groups > 0) problem('checksum', `the checksums of ${groups} group descriptors differ`)
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

function hasTable(volume: Volume): boolean {
  try {
    const { inodeTable } = readDescriptor(volume, 0)
    return inodeTable > 1 && inodeTable < volume.superblock.blocks
  } catch (error) {
    // What a cut has taken away speaks for nothing.
    return error instanceof BytesError
  }
}

function unsoundGroups(volume: Volume): number {
  const { groups, descriptorSize } = volume.superblock
  // No more of them can be there than fit.
  const most = Math.min(groups, Math.floor((volume.region.end - volume.region.start) / descriptorSize))
  let count = 0
  for (let group = 0; group < most; group++) {
    try {
      if (readDescriptor(volume, group).sound === false) count++
    } catch (error) {
      if (error instanceof BytesError || error instanceof FormatError) return count
      throw error
    }
  }
  return count
}
