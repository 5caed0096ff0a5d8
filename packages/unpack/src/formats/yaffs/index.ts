import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { inBatches } from '../members.ts'
import type { Layout } from './chunk.ts'
import { endOfLog, findLayout, readLog } from './log.ts'
import { listTree, type YaffsContent, type YaffsMember } from './tree.ts'

/** A file, a link, a directory in the root, in either byte order: type, parent, and a sum that nobody uses. */
const MAGICS = ['\x01', '\x02', '\x03', '\x04', '\x05'].flatMap((type) => [
  `${type}\0\0\0\x01\0\0\0\xff\xff`,
  `\0\0\0${type}\0\0\0\x01\xff\xff`,
])
/** Holes are not stored: a file may be so many times as large as what is. */
const MOST_HOLES = 256 * 1024 * 1024

export const yaffs: ContainerFormat<readonly YaffsMember[]> = {
  kind: 'container',
  name: 'yaffs',
  title: 'YAFFS1 and YAFFS2 (with their spare bytes)',
  references: [
    'Yaffs 2, core/yaffs_guts.h and core/yaffs_packedtags2.h',
    'Yaffs 2, utils/mkyaffsimage.c (YAFFS1)',
    'Yaffs documentation, "How YAFFS works"',
  ],
  limits: [
    'images without spare bytes (inband tags) are not recognised',
    'an image has to begin with the header of an object in its root, or with that of the root, as mkyaffs2image and mkyaffsimage write it',
    'of pages of YAFFS1 that were written twice the later one counts',
    'errors are not corrected with the codes in the spare bytes',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const layout = findLayout(bytes, at)
    return layout && { start: at, end: endOfLog(bytes, at, layout) }
  },

  *open(bytes, region, problem) {
    const layout = findLayout(bytes, region.start) as Layout
    const step = layout.page + layout.spare
    if (bytes.size > region.end && bytes.size - region.end < step)
      problem('truncated', 'the last page is not whole')
    const objects = readLog(bytes, region, layout)
    yield* inBatches(listTree(objects, layout.page, problem), ({ content }) => content?.size ?? 0)
  },

  read(bytes, _region, plan, sink) {
    for (const { meta, content } of plan) {
      if (!content) sink.entry(meta)
      else if (content.size > content.chunks.length * content.page + MOST_HOLES)
        sink.problem('unsupported', `${content.size} bytes, mostly holes: it is not put together`, meta.path)
      else {
        if (lacksItsEnd(content)) sink.problem('truncated', 'its end is not there', meta.path)
        sink.file(meta, content.size, (out) => fill(bytes, content, out))
      }
    }
  },
}

function fill(bytes: Bytes, { page, chunks }: YaffsContent, out: Uint8Array): void {
  for (const [chunk, at, length] of chunks) {
    const from = (chunk - 1) * page
    if (from >= out.length) continue
    out.set(bytes.view(at, Math.min(length, out.length - from)), from)
  }
}

/** A hole may lie anywhere but at the end. */
function lacksItsEnd({ size, page, chunks }: YaffsContent): boolean {
  return size > 0 && (chunks.at(-1)?.[0] ?? 0) < Math.ceil(size / page)
}
