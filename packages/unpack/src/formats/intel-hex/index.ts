import type { ContainerFormat } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { type RecordLines, seekRecords } from '../record-lines.ts'
import { type Stretch, showStretch, tellStretches } from '../stretches.ts'
import { dataOf, type HexFile, readHexFile } from './parse.ts'

/** A colon and the length of the first record. */
const LENGTHS = Array.from({ length: 256 }, (_, length) => length.toString(16).padStart(2, '0'))
const MAGICS = new Set(LENGTHS.flatMap((length) => [`:${length}`, `:${length.toUpperCase()}`]))

/** By their first characters. */
const LINES: RecordLines = { first: ':', begins: /^:[0-9A-Fa-f]{6}0[0-5]/, ends: /^:[0-9A-Fa-f]{6}01/ }

export const intelHex: ContainerFormat<readonly Stretch[]> = {
  kind: 'container',
  name: 'intel-hex',
  title: 'Intel HEX',
  references: ['Intel, Hexadecimal Object File Format Specification, revision A (1988)'],
  limits: ['within a text, it is sought where that is handed in, not where it lies in something'],
  magic: [...MAGICS].map((bytes) => ({ bytes, at: 0 })),
  carve: false,
  candidates: (bytes, gap) => seekRecords(bytes, gap, LINES),

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
