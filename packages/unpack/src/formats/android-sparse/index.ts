import type { ContainerFormat } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { wrongSums } from './crc.ts'
import { chunksOf, contentOf, MAGIC, parseSparseHeader, type SparseHeader } from './parse.ts'

const CONTENT = 'content'

export const androidSparse: ContainerFormat<null> = {
  kind: 'container',
  name: 'android-sparse',
  title: 'Android sparse image',
  references: ['AOSP, system/core/libsparse/sparse_format.h'],
  limits: [
    'an image that was split for a small memory is read part by part',
    'images of over 1,000,000 chunks are not read',
    'libsparse itself writes wrong CRCs behind words that repeat: they are told to differ',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseSparseHeader(bytes, at)
    if (!header) return undefined
    let end: number | undefined
    for (const chunk of chunksOf(bytes, at, header)) end = Math.min(chunk.end, bytes.size)
    return end === undefined ? undefined : { start: at, end }
  },

  *open(bytes, region, problem) {
    const header = parseSparseHeader(bytes, region.start) as SparseHeader
    const { size, end, chunks, cut } = contentOf(bytes, region.start, header)
    if (cut) problem('truncated', 'the image ends before its last chunk does', CONTENT)
    else if (chunks < header.chunks)
      problem('structure', `chunk ${chunks + 1} of ${header.chunks} is none`, CONTENT)
    else {
      if (size !== header.blocks * header.block)
        problem('structure', `the chunks have ${size} bytes, the header says ${header.blocks * header.block}`)
      for (const sum of wrongSums(bytes, region.start, header)) problem('checksum', `${sum} differs`, CONTENT)
    }
    yield { cost: end - region.start, entries: 1, plan: null }
  },

  read(bytes, region, _plan, sink) {
    const { size, extents } = contentOf(
      bytes,
      region.start,
      parseSparseHeader(bytes, region.start) as SparseHeader,
    )
    sink.mapped(wrapped(CONTENT), size, extents)
  },
}
