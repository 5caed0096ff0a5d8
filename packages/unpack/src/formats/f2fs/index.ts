import type { ContainerFormat } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { quietly } from '../telling.ts'
import { CHECKPOINT } from './checkpoint.ts'
import { showFile } from './content.ts'
import { BLOCK, MAGIC, MAGICS_AT, readSuperblock } from './superblock.ts'
import { type F2fsMember, listTree } from './tree.ts'
import { Volume } from './volume.ts'

export const f2fs: ContainerFormat<readonly F2fsMember[]> = {
  kind: 'container',
  name: 'f2fs',
  title: 'F2FS (also compressed with LZO, LZ4 and Zstandard)',
  references: [
    'Linux kernel, Documentation/filesystems/f2fs.rst and include/linux/f2fs_fs.h',
    'f2fs-tools, include/f2fs_fs.h',
  ],
  limits: [
    'encrypted names are shown in base64url, and encrypted contents are not read',
    'what was synced behind the last checkpoint is not replayed; an image that needs it says so',
    'blocks of 16 KiB, file systems over several devices, and LZO-RLE are not read',
    'the table of what is in use is not read',
  ],
  magic: MAGICS_AT.map((at) => ({ bytes: MAGIC, at })),
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    if (!superblock) return undefined
    const region = { start: at, end: Math.min(at + superblock.blocks * BLOCK, bytes.size) }
    return quietly(() => new Volume(bytes, region)) && region
  },

  *open(bytes, region, problem) {
    const volume = new Volume(bytes, region)
    const { superblock, checkpoint } = volume
    const length = superblock.blocks * BLOCK
    if (superblock.at !== MAGICS_AT[0]) problem('structure', 'the superblock is damaged; its copy is used')
    if (superblock.sound === false) problem('checksum', 'the checksum of the superblock differs')
    if (region.start + length > region.end)
      problem('truncated', `${length} bytes are announced, ${region.end - region.start} are there`)
    if (superblock.hasDevices) problem('unsupported', 'parts of it lie on other devices')
    if (!checkpoint.whole) problem('structure', 'no checkpoint is whole: the newest one is used as it is')
    if ((checkpoint.flags & CHECKPOINT.unmounted) === 0)
      problem('unsupported', 'it was not unmounted: what was synced since its checkpoint is not replayed')
    if ((checkpoint.flags & CHECKPOINT.error) !== 0)
      problem('structure', 'its checkpoint says that it is damaged')
    yield* inBatches(listTree(volume, problem), ({ file }) => file?.cost ?? 0)
  },

  read(bytes, region, plan, sink) {
    const volume = new Volume(bytes, region)
    for (const { meta, file } of plan) {
      if (file) showFile(volume, file.inode, meta, sink)
      else sink.entry(meta)
    }
  },
}
