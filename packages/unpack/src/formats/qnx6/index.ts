import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { type InodeFile, inodeFiles } from '../inode-files.ts'
import { quietly } from '../telling.ts'
import { BOOT, type FileSystem, MAGICS, readFileSystem } from './superblock.ts'
import { ROOT, Volume } from './volume.ts'

export const qnx6: ContainerFormat<readonly InodeFile[]> = {
  kind: 'container',
  name: 'qnx6',
  title: 'QNX6 file system (Power-Safe, both byte orders)',
  references: ['Linux kernel, include/linux/qnx6_fs.h and fs/qnx6'],
  limits: [
    'the layout of Audi’s MMI 3G is not read',
    'checksums of long names are not compared',
    'encrypted domains are not decrypted',
  ],
  recognisedOnly:
    'mkqnx6fs is not public, and no image that may be passed on: made by a script, and compared with what Linux finds in it',
  magic: [BOOT, 0].flatMap((at) => MAGICS.map((bytes) => ({ bytes, at }))),
  carve: true,

  recognise(bytes, at) {
    const system = readFileSystem(bytes, at)
    if (!system) return undefined
    const region = { start: at, end: Math.min(at + system.size, bytes.size) }
    const volume = new Volume(bytes, region, system)
    return quietly(() => volume.isOwn(ROOT)) ? region : undefined
  },

  ...inodeFiles(
    (bytes: Bytes, region: Region, spend: Sink['spend']) =>
      new Volume(bytes, region, readFileSystem(bytes, region.start) as FileSystem, spend),
  ),
}
