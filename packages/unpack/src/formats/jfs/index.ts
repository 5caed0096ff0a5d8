import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { type InodeFile, inodeFiles } from '../inode-files.ts'
import { quietly } from '../telling.ts'
import { MAGIC, MAGIC_AT, readSuperblock, type Superblock } from './superblock.ts'
import { Volume } from './volume.ts'

export const jfs: ContainerFormat<readonly InodeFile[]> = {
  kind: 'container',
  name: 'jfs',
  title: 'JFS (of Linux and OS/2)',
  references: ['Linux kernel, fs/jfs/jfs_{superblock,dinode,imap,xtree,dtree}.h', 'JFS overview (IBM, 2000)'],
  limits: [
    'the log is not replayed; that it would have to be is told',
    'the second superblock and the second map of inodes are not used',
    'one whose log lies on another device ends without it',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    if (!superblock) return undefined
    const region = { start: at, end: Math.min(at + superblock.size, bytes.size) }
    const volume = quietly(() => new Volume(bytes, region, superblock))
    return volume?.describe(volume.root, '')?.type === 'directory' ? region : undefined
  },

  ...inodeFiles(
    (bytes: Bytes, region: Region, spend: Sink['spend']) =>
      new Volume(bytes, region, readSuperblock(bytes, region.start) as Superblock, spend),
  ),
}
