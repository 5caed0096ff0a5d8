import type { ContainerFormat } from '../../contract.ts'
import { inBatches, wrapped } from '../members.ts'
import { type RecordLines, seekRecords } from '../record-lines.ts'
import { type Stretch, showStretch, tellStretches } from '../stretches.ts'
import { dataOf, readSRecordFile, type SRecordFile } from './parse.ts'

/** What the first record says of the file, as bytes, or a stretch of memory. */
type SrecMember = Stretch | { readonly header: Uint8Array }

/** The type of the first record and the first digit of its length. */
const MAGICS = ['S0', 'S1', 'S2', 'S3'].flatMap((type) =>
  [...'0123456789ABCDEFabcdef'].map((digit) => `${type}${digit}`),
)

/** By their first characters. */
const LINES: RecordLines = { first: 'S', begins: /^S[0-356][0-9A-Fa-f]{6}/ }

export const srec: ContainerFormat<readonly SrecMember[]> = {
  kind: 'container',
  name: 'srec',
  title: 'Motorola S-record',
  references: [
    'srec_motorola(5) of srecord',
    'Motorola, M68000 Family Programmer\u2019s Reference Manual, appendix C',
  ],
  limits: ['within a text, it is sought where that is handed in, not where it lies in something'],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: false,
  candidates: (bytes, gap) => seekRecords(bytes, gap, LINES),

  recognise(bytes, at) {
    const file = readSRecordFile(bytes, at, bytes.size)
    return file && { start: at, end: file.end }
  },

  *open(bytes, region, problem) {
    const file = readSRecordFile(bytes, region.start, region.end) as SRecordFile
    const stretches = tellStretches(
      file,
      problem,
      file.countMatches ? undefined : 'the count of records differs',
    )
    const header = file.header && file.header.length > 0 ? [{ header: file.header }] : []
    yield* inBatches<SrecMember>([...header, ...stretches], (member) =>
      'length' in member ? member.length : 0,
    )
  },

  read(bytes, _region, plan, sink) {
    for (const member of plan) {
      if ('header' in member) {
        sink.file(wrapped('header'), member.header.length, (out) => out.set(member.header))
        continue
      }
      showStretch(member, (from, to) => dataOf(bytes, from, to), sink)
    }
  },
}
