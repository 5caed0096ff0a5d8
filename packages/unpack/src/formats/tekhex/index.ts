import type { ContainerFormat } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { nameOfAddress, type Stretch, showStretch, tellOverlap } from '../stretches.ts'
import { dataOf, readTekFile, type TekFile } from './parse.ts'

/** What a record begins with, and the first digit of its address or its length. */
const MAGICS = ['/', '%'].flatMap((mark) =>
  [...'0123456789ABCDEFabcdef'].map((digit) => ({ bytes: `${mark}${digit}`, at: 0 })),
)

export const tekhex: ContainerFormat<readonly Stretch[]> = {
  kind: 'container',
  name: 'tekhex',
  title: 'Tektronix hexadecimal (plain and extended)',
  references: [
    'srec_tektronix(5) and srec_tektronix_extended(5) of srecord',
    'GNU binutils, bfd/tekhex.c (records of symbols)',
  ],
  limits: [
    'it is read at the start of a file only',
    'symbols are not listed',
    'objcopy writes whole pieces of 32 bytes: the zeros with which it fills the first and the last one are shown',
  ],
  magic: MAGICS,
  carve: false,

  recognise(bytes, at) {
    const file = readTekFile(bytes, at, bytes.size)
    return file && { start: at, end: file.end }
  },

  *open(bytes, region, problem) {
    const file = readTekFile(bytes, region.start, region.end) as TekFile
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
