import type { ContainerFormat } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { type RecordLines, seekRecords } from '../record-lines.ts'
import { type Stretch, showStretch, tellStretches } from '../stretches.ts'
import { dataOf, readTekFile, type TekFile } from './parse.ts'

/** What a record begins with, and the first digit of its address or its length. */
const MAGICS = ['/', '%'].flatMap((mark) =>
  [...'0123456789ABCDEFabcdef'].map((digit) => ({ bytes: `${mark}${digit}`, at: 0 })),
)

/** By their first characters. */
const LINES: RecordLines = {
  first: '%/',
  begins: /^(?:%[0-9A-Fa-f]{2}[368]|\/[0-9A-Fa-f]{6})/,
  ends: /^%[0-9A-Fa-f]{2}8/,
}

export const tekhex: ContainerFormat<readonly Stretch[]> = {
  kind: 'container',
  name: 'tekhex',
  title: 'Tektronix hexadecimal (plain and extended)',
  references: [
    'srec_tektronix(5) and srec_tektronix_extended(5) of srecord',
    'GNU binutils, bfd/tekhex.c (records of symbols)',
  ],
  limits: [
    'within a text, it is sought where that is handed in, not where it lies in something',
    'symbols are not listed',
    'srec_cat writes no record of the end where no start address is known: a file that is cut off between two lines is not told from a whole one',
    'objcopy writes whole pieces of 32 bytes: the zeros with which it fills the first and the last one are shown',
  ],
  magic: MAGICS,
  carve: false,
  candidates: (bytes, gap) => seekRecords(bytes, gap, LINES),

  recognise(bytes, at) {
    const file = readTekFile(bytes, at, bytes.size)
    return file && { start: at, end: file.end }
  },

  *open(bytes, region, problem) {
    const file = readTekFile(bytes, region.start, region.end) as TekFile
    yield* inBatches(
      tellStretches({ ...file, ended: file.ended || file.wholeLines }, problem),
      ({ length }) => length,
    )
  },

  read(bytes, _region, plan, sink) {
    for (const stretch of plan) showStretch(stretch, (from, to) => dataOf(bytes, from, to), sink)
  },
}
