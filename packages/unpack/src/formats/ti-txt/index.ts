import type { ContainerFormat } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { type Stretch, showStretch, tellStretches } from '../stretches.ts'
import { dataOf, readTiText, type TiTextFile } from './parse.ts'

const MAGICS = [...'0123456789ABCDEFabcdef'].map((digit) => `@${digit}`)

export const tiTxt: ContainerFormat<readonly Stretch[]> = {
  kind: 'container',
  name: 'ti-txt',
  title: 'TI-TXT (MSP430), and hexadecimal files for Verilog in bytes',
  references: ['srec_ti_txt(5) of srecord', 'IEEE 1364-2005, section 17.2.9 ($readmemh)'],
  limits: [
    'it is read at the start of a file only',
    'words of more than one byte are not read',
    'there are no checksums',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: false,

  recognise(bytes, at) {
    const file = readTiText(bytes, at, bytes.size)
    return file && { start: at, end: file.end }
  },

  *open(bytes, region, problem) {
    const file = readTiText(bytes, region.start, region.end) as TiTextFile
    yield* inBatches(tellStretches(file, problem), ({ length }) => length)
  },

  read(bytes, _region, plan, sink) {
    for (const stretch of plan) showStretch(stretch, (from, to) => dataOf(bytes, from, to), sink)
  },
}
