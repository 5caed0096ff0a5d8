import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { type InodeFile, inodeFiles } from '../inode-files.ts'
import { quietly } from '../telling.ts'
import { MAGIC_AT, MAGICS, readSuperblock, type Superblock } from './superblock.ts'
import { Volume } from './volume.ts'

export const reiserfs: ContainerFormat<readonly InodeFile[]> = {
  kind: 'container',
  name: 'reiserfs',
  title: 'ReiserFS (versions 3.5 and 3.6)',
  references: [
    'Linux kernel until 6.12, fs/reiserfs/reiserfs.h',
    'Florian Buchholz, "The structure of the Reiser file system" (2006)',
  ],
  limits: [
    'the journal is not replayed; that it would have to be is told',
    'extended attributes are shown as the files that they are kept in, under .reiserfs_priv',
    'superblocks at 8 KiB, which the first releases wrote, are not looked for; Reiser4 is another file system',
    'of version 3.5, only an empty one could be tried',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: MAGIC_AT })),
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    if (!superblock) return undefined
    const region = { start: at, end: Math.min(at + superblock.blocks * superblock.blockSize, bytes.size) }
    const volume = quietly(() => new Volume(bytes, region, superblock))
    return volume?.describe(volume.root, '')?.type === 'directory' ? region : undefined
  },

  ...inodeFiles(
    (bytes: Bytes, region: Region, spend: Sink['spend']) =>
      new Volume(bytes, region, readSuperblock(bytes, region.start) as Superblock, spend),
  ),
}
