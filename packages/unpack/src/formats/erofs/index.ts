import { BytesError } from '@messlatte/bytes'
import { type ContainerFormat, FormatError } from '../../contract.ts'
import { inBatches, typeOfMode } from '../members.ts'
import { Contents } from './content.ts'
import { readInode } from './inode.ts'
import { INCOMPAT, MAGIC, readSuperblock, SUPERBLOCK_AT, type Superblock } from './superblock.ts'
import { type ErofsMember, listTree } from './tree.ts'
import { Volume } from './volume.ts'

export const erofs: ContainerFormat<readonly ErofsMember[]> = {
  kind: 'container',
  name: 'erofs',
  title: 'EROFS (lz4, MicroLZMA, deflate, zstd)',
  references: ['Linux kernel, Documentation/filesystems/erofs.rst', 'erofs-utils, include/erofs_fs.h'],
  limits: [
    'images whose inodes are compressed (metabox) are recognised, not read',
    'contents on other devices (blobs) are not read',
    'a file with holes of over 2 GiB is listed without its content',
  ],
  magic: [{ bytes: MAGIC, at: SUPERBLOCK_AT }],
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    if (!superblock) return undefined
    const region = { start: at, end: Math.min(at + superblock.blocks * superblock.blockSize, bytes.size) }
    // Where no checksum vouches for it, its root has to be a directory.
    if (!superblock.sound && !hasRoot(new Volume(bytes, region))) return undefined
    return region
  },

  *open(bytes, region, problem) {
    const volume = new Volume(bytes, region)
    const { blocks, blockSize, sound, incompat } = volume.superblock
    if (sound === false) problem('checksum', 'the checksum of the superblock differs')
    if (region.start + blocks * blockSize > region.end)
      problem('truncated', `${blocks * blockSize} bytes are announced, ${volume.size} are there`)
    if ((incompat & INCOMPAT.metabox) !== 0) problem('unsupported', 'its inodes are compressed')
    else yield* inBatches(listTree(volume, problem), ({ file }) => file?.size ?? 0)
  },

  read(bytes, region, plan, sink) {
    const volume = new Volume(bytes, region)
    const contents = new Contents(volume)
    for (const { meta, file } of plan) {
      if (!file) {
        sink.entry(meta)
        continue
      }
      try {
        contents.show(readInode(volume, file.inode), meta, sink)
      } catch (error) {
        if (!(error instanceof FormatError || error instanceof BytesError)) throw error
        sink.problem(error instanceof FormatError ? error.code : 'truncated', error.message, meta.path)
      }
    }
  },
}

function hasRoot(volume: Volume): boolean {
  const { root, incompat }: Superblock = volume.superblock
  if ((incompat & INCOMPAT.metabox) !== 0) return false
  try {
    return typeOfMode(readInode(volume, root).mode) === 'directory'
  } catch (error) {
    // What a cut has taken away speaks for nothing.
    if (error instanceof FormatError) return error.code === 'truncated'
    return error instanceof BytesError
  }
}
