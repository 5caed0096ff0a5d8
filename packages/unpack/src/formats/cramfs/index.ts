import { crc32 } from 'node:zlib'
import type { ContainerFormat } from '../../contract.ts'
import { crc32Of, inBatches } from '../members.ts'
import { readContent } from './content.ts'
import { BEHIND_BOOT_BLOCK, CRC_AT, MAGIC, readSuperblock, type Superblock } from './superblock.ts'
import { type CramfsMember, listTree } from './tree.ts'

export const cramfs: ContainerFormat<readonly CramfsMember[]> = {
  kind: 'container',
  name: 'cramfs',
  title: 'cramfs (both byte orders, extended blocks)',
  references: ['Linux kernel, include/uapi/linux/cramfs_fs.h and fs/cramfs/README'],
  limits: ['contents that were cut into other blocks than of 4096 bytes are not read'],
  magic: [
    { bytes: MAGIC.little, at: 0 },
    { bytes: MAGIC.big, at: 0 },
    { bytes: MAGIC.little, at: BEHIND_BOOT_BLOCK },
    { bytes: MAGIC.big, at: BEHIND_BOOT_BLOCK },
  ],
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    return superblock && { start: at, end: Math.min(at + superblock.size, bytes.size) }
  },

  *open(bytes, region, problem) {
    const superblock = readSuperblock(bytes, region.start) as Superblock
    const { at, size, crc } = superblock
    if (crc !== undefined) {
      if (region.start + size > region.end)
        problem('truncated', `${size} bytes are announced, ${region.end - region.start} are there`)
      else {
        const head = crc32Of(bytes, region.start + at, CRC_AT)
        const behind = region.start + at + CRC_AT + 4
        if (crc32Of(bytes, behind, region.end - behind, crc32(new Uint8Array(4), head)) !== crc)
          problem('checksum', 'the CRC differs')
      }
    }
    yield* inBatches(listTree(bytes, region, superblock, problem), ({ content }) => content?.size ?? 0)
  },

  read(bytes, region, plan, sink) {
    for (const { meta, content } of plan) {
      if (!content) sink.entry(meta)
      else sink.file(meta, content.size, (out) => readContent(bytes, region, content, out))
    }
  },
}
