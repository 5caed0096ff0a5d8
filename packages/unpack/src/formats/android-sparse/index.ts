import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { wrongSums } from './crc.ts'
import { imagesAt, MAGIC, MOST_KEPT, type SparseImage } from './parse.ts'
import { sparseStream } from './stream.ts'

const CONTENT = 'content'

export const androidSparse: ContainerFormat<null> = {
  kind: 'container',
  name: 'android-sparse',
  title: 'Android sparse image',
  references: ['AOSP, system/core/libsparse/sparse_format.h'],
  limits: [
    'of an image that was split for a small memory, all parts have to be handed in together, or to lie in one folder',
    'an image of over 1,000,000 stretches is read into memory, as far as there is any; one that was split, too, is not put together',
    'libsparse itself writes wrong CRCs behind words that repeat: they are told to differ',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const found = imagesAt(bytes, at)
    return found && found.content.chunks > 0 ? { start: at, end: found.content.end } : undefined
  },

  *open(bytes, region, problem) {
    const { images, content } = imagesAt(bytes, region.start) as Images
    for (const image of images) tellFaults(bytes, image, problem)
    if (content.tooMany && images.length > 1) {
      problem(
        'unsupported',
        `it has over ${MOST_KEPT} stretches in several parts; it is not put together`,
        CONTENT,
      )
      return
    }
    yield { cost: content.end - region.start, entries: 1, plan: null }
  },

  read(bytes, region, _plan, sink) {
    const { images, content } = imagesAt(bytes, region.start) as Images
    const [{ start, header }] = images as readonly [SparseImage]
    if (content.tooMany) sink.stream(wrapped(CONTENT), (write) => sparseStream(bytes, start, header, write))
    else sink.mapped(wrapped(CONTENT), content.size, content.extents)
  },
}

type Images = NonNullable<ReturnType<typeof imagesAt>>

function tellFaults(bytes: Bytes, { start, header, content }: SparseImage, problem: Sink['problem']): void {
  const { size, chunks, cut } = content
  const told = header.blocks * header.block
  if (cut) problem('truncated', 'the image ends before its last chunk does', CONTENT)
  else if (chunks < header.chunks)
    problem('structure', `chunk ${chunks + 1} of ${header.chunks} is none`, CONTENT)
  else {
    if (size !== told) problem('structure', `the chunks have ${size} bytes, the header says ${told}`)
    for (const sum of wrongSums(bytes, start, header)) problem('checksum', `${sum} differs`, CONTENT)
  }
}
