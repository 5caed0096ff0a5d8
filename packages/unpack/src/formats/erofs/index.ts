import type { ContainerFormat } from '../../contract.ts'
import { inBatches, typeOfMode } from '../members.ts'
import { Contents, codeOf } from './content.ts'
import { readInode } from './inode.ts'
import { MAGIC, readSuperblock, SUPERBLOCK_AT } from './superblock.ts'
import { type ErofsMember, listTree } from './tree.ts'
import { Volume } from './volume.ts'

export const erofs: ContainerFormat<readonly ErofsMember[]> = {
  kind: 'container',
  name: 'erofs',
  title: 'EROFS (lz4, MicroLZMA, deflate, zstd)',
  references: ['Linux kernel, Documentation/filesystems/erofs.rst', 'erofs-utils, include/erofs_fs.h'],
  limits: [
    'inodes that are compressed (metabox) are read up to 64 MiB of them',
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
    if (!superblock.sound && !hasRoot(new Contents(new Volume(bytes, region)))) return undefined
    return region
  },

  *open(bytes, region, problem) {
    const volume = new Volume(bytes, region)
    const { blocks, blockSize, sound } = volume.superblock
    if (sound === false) problem('checksum', 'the checksum of the superblock differs')
    if (region.start + blocks * blockSize > region.end)
      problem('truncated', `${blocks * blockSize} bytes are announced, ${volume.size} are there`)
    yield* inBatches(listTree(volume, problem), ({ file }) => file?.size ?? 0)
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
        const code = codeOf(error)
        if (code === undefined) throw error
        sink.problem(code, (error as Error).message, meta.path)
      }
    }
  },
}

function hasRoot({ volume }: Contents): boolean {
  try {
    return typeOfMode(readInode(volume, volume.superblock.root).mode) === 'directory'
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw error
    // What a cut has taken away speaks for nothing.
    return code === 'truncated'
  }
}
