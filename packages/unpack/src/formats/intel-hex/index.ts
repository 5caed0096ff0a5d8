import type { ContainerFormat } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { type Stretch, showStretch, tellStretches } from '../stretches.ts'
import { dataOf, type HexFile, readHexFile } from './parse.ts'

/** A colon and the length of the first record. */
const LENGTHS = Array.from({ length: 256 }, (_, length) => length.toString(16).padStart(2, '0'))
const MAGICS = new Set(LENGTHS.flatMap((length) => [`:${length}`, `:${length.toUpperCase()}`]))

export const intelHex: ContainerFormat<readonly Stretch[]> = {
  kind: 'container',
  name: 'intel-hex',
  title: 'Intel HEX',
  references: ['Intel, Hexadecimal Object File Format Specification, revision A (1988)'],
  limits: ['it is read at the start of a file only', 'a second file behind the end record is not read'],
  magic: [...MAGICS].map((bytes) => ({ bytes, at: 0 })),
  carve: false,

  recognise(bytes, at) {
    const file = readHexFile(bytes, at, bytes.size)
    return file && { start: at, end: file.end }
  },

  *open(bytes, region, problem) {
    const file = readHexFile(bytes, region.start, region.end) as HexFile
    yield* inBatches(tellStretches(file, problem), ({ length }) => length)
  },

  read(bytes, _region, plan, sink) {
    for (const stretch of plan) showStretch(stretch, (from, to) => dataOf(bytes, from, to), sink)
  },
}
