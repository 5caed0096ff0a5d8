import type { ContainerFormat } from '../../contract.ts'
import { inBatches, wrapped } from '../members.ts'
import { type Stretch, showStretch, tellStretches } from '../stretches.ts'
import { dataOf, readSRecordFile, type SRecordFile } from './parse.ts'

/** What the first record says of the file, as bytes, or a stretch of memory. */
type SrecMember = Stretch | { readonly header: Uint8Array }

/** The type of the first record and the first digit of its length. */
const MAGICS = ['S0', 'S1', 'S2', 'S3'].flatMap((type) =>
  [...'0123456789ABCDEFabcdef'].map((digit) => `${type}${digit}`),
)

export const srec: ContainerFormat<readonly SrecMember[]> = {
  kind: 'container',
  name: 'srec',
  title: 'Motorola S-record',
  references: [
    'srec_motorola(5) of srecord',
    'Motorola, M68000 Family Programmer\u2019s Reference Manual, appendix C',
  ],
  limits: ['it is read at the start of a file only', 'a second file behind the end record is not read'],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: false,

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
