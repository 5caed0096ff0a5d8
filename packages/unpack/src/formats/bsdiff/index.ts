import { bzip2Stream, sliceBytes } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { endOf, MAGIC, type Part, parseBsdiff, SINGLE } from './parse.ts'

export const bsdiff: ContainerFormat<Part> = {
  kind: 'container',
  name: 'bsdiff',
  title: 'bsdiff patch',
  references: ['bsdiff 4.3, bspatch.c', 'mendsley/bsdiff, bspatch.c (patches of one stream)'],
  limits: [
    'found at the start of a file or content only',
    'it is not applied: what is taken from the old file is not shown, and the differences are shown as they are',
    'the patches of Android (BSDF2, IMGDIFF2, PUFFDIFF) are not recognised',
  ],
  magic: [
    { bytes: MAGIC, at: 0 },
    { bytes: SINGLE, at: 0 },
  ],
  carve: false,

  recognise(bytes, at) {
    const last = parseBsdiff(bytes, at)?.at(-1)
    return last && { start: at, end: endOf(bytes, last) }
  },

  *open(bytes, { start, end }) {
    for (const part of parseBsdiff(bytes, start) ?? []) {
      const length = Math.min(part.length, end - part.at)
      yield { cost: length, entries: 1, plan: { ...part, length } }
    }
  },

  read(bytes, _region, { path, at, length }, sink) {
    sink.stream(wrapped(path), (write) => bzip2Stream(sliceBytes(bytes, at, length), 0, write))
  },
}
