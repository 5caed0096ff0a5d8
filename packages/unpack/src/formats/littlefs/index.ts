import type { ContainerFormat } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { fillFromSkipList } from './content.ts'
import type { Blocks } from './metadata.ts'
import { MAGIC, MAGIC_AT, readFileSystem } from './superblock.ts'
import { type LfsMember, listTree } from './tree.ts'

export const littlefs: ContainerFormat<readonly LfsMember[]> = {
  kind: 'container',
  name: 'littlefs',
  title: 'littlefs (versions 2.0 and 2.1)',
  references: ['littlefs, SPEC.md', 'littlefs, DESIGN.md'],
  limits: [
    'version 1 is not read',
    'a file system whose block 0 is gone is not found, although block 1 has the same',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise: (bytes, at) => readFileSystem(bytes, at)?.region,

  *open(bytes, region, problem) {
    const blocks = readFileSystem(bytes, region.start) as Blocks
    if (region.end - region.start < blocks.blockSize * blocks.blockCount)
      problem('truncated', `${blocks.blockCount} blocks are announced, fewer are there`)
    yield* inBatches(listTree(blocks, problem), ({ list, content }) => list?.size ?? content?.length ?? 0)
  },

  read(bytes, region, plan, sink) {
    const blocks = readFileSystem(bytes, region.start) as Blocks
    for (const { meta, content, list } of plan) {
      if (list) sink.file(meta, list.size, (out) => fillFromSkipList(blocks, list, out))
      // Not a slice: what is committed only behind it does not count, although it lies there.
      else if (content) sink.file(meta, content.length, (out) => bytes.copy(content.at, out))
      else sink.entry(meta)
    }
  },
}
