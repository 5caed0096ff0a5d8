import type { ContainerFormat } from '../../contract.ts'
import { inBatches, wrapped } from '../members.ts'
import { type Literal, MAGIC, parseRdiffDelta } from './parse.ts'

export const rdiffDelta: ContainerFormat<readonly Literal[]> = {
  kind: 'container',
  name: 'rdiff-delta',
  title: 'Delta of librsync (rdiff; SWUpdate)',
  references: ['librsync 2.3, src/librsync.h, src/prototab.c and src/delta.c'],
  limits: [
    'found at the start of a file or content only',
    'it is not applied: what is copied from the old file is not shown',
    'signatures of files (rdiff signature) are not recognised',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: false,

  recognise(bytes, at) {
    const delta = parseRdiffDelta(bytes, at)
    return delta && { start: at, end: delta.end }
  },

  *open(bytes, { start }, problem) {
    const delta = parseRdiffDelta(bytes, start)
    const last = delta?.literals.at(-1)
    if (delta?.cut)
      problem('truncated', 'the data ends early', delta.cut === 'within' && last ? pathOf(last) : undefined)
    yield* inBatches(delta?.literals ?? [], ({ size }) => size)
  },

  read(_bytes, _region, plan, sink) {
    for (const literal of plan) sink.mapped(wrapped(pathOf(literal)), literal.size, literal.extents)
  },
}

function pathOf({ place }: Literal): string {
  return `literal-0x${place.toString(16)}`
}
