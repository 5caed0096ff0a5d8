import type { ContainerFormat } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { nameOfAddress, type Stretch, showStretch, tellOverlap } from '../stretches.ts'
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
    if (file.damaged > 0) problem('checksum', `the checksums of ${file.damaged} records differ`)
    if (file.malformed > 0) problem('structure', `${file.malformed} lines are no records`)
    const stretches = file.runs.stretches()
    for (const stretch of stretches) {
      const path = nameOfAddress(stretch.address)
      tellOverlap(stretch, path, problem)
      if (!file.ended || file.malformed > 0)
        problem('truncated', 'records are missing, also of these bytes maybe', path)
    }
    yield* inBatches(stretches, ({ length }) => length)
  },

  read(bytes, _region, plan, sink) {
    for (const stretch of plan) showStretch(stretch, (from, to) => dataOf(bytes, from, to), sink)
  },
}
