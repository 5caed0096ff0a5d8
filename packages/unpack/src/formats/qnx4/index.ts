import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region } from '../../contract.ts'
import { type InodeFile, inodeFiles } from '../inode-files.ts'
import { BLOCK, MAGIC, readFileSystem, type System } from './superblock.ts'
import { Volume } from './volume.ts'

export const qnx4: ContainerFormat<readonly InodeFile[]> = {
  kind: 'container',
  name: 'qnx4',
  title: 'QNX4 file system',
  references: [
    'Linux kernel, include/uapi/linux/qnx4_fs.h and fs/qnx4',
    'dissect.qnxfs, dissect/qnxfs/c_qnx4.py (long names)',
  ],
  limits: ['the bitmap tells the size, and is not compared', 'what was deleted is not sought'],
  recognisedOnly:
    'dinit of QNX is not public, and no image that may be passed on: made by a script, and compared with what Linux finds in it',
  magic: [{ bytes: MAGIC, at: BLOCK }],
  carve: true,

  recognise(bytes, at) {
    const system = readFileSystem(bytes, at)
    return system && { start: at, end: Math.min(at + system.blocks * BLOCK, bytes.size) }
  },

  ...inodeFiles(
    (bytes: Bytes, region: Region) =>
      new Volume(bytes, region, readFileSystem(bytes, region.start) as System),
  ),
}
