import type { LeafFormat } from '../../contract.ts'
import { magicOf, RECORDS } from '../caformat.ts'
import { parseCasyncIndex } from './parse.ts'

export const casyncIndex: LeafFormat = {
  kind: 'leaf',
  name: 'casync-index',
  title: 'casync index of chunks (.caidx, .caibx; desync, RAUC)',
  references: ['casync, src/caformat.h'],
  limits: ['the chunks lie elsewhere, in a store (.castr): nothing is put together'],
  magic: [{ bytes: `\x30\0\0\0\0\0\0\0${magicOf(RECORDS.index)}`, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const end = parseCasyncIndex(bytes, at)
    return end === undefined ? undefined : { start: at, end }
  },
}
