import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, readSuperblock, type Superblock } from './parse.ts'
import { listTree } from './tree.ts'

export const romfs: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'romfs',
  title: 'romfs',
  references: ['Linux kernel, Documentation/filesystems/romfs.rst'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    return superblock && { start: at, end: Math.min(at + superblock.size, bytes.size) }
  },

  ...storedAsIs(function* (bytes, region, problem) {
    const { size, first } = readSuperblock(bytes, region.start) as Superblock
    if (region.start + size > bytes.size)
      problem('truncated', `${size} bytes are announced, ${region.end - region.start} are there`)
    yield* listTree(bytes, region, first, problem)
  }),
}
