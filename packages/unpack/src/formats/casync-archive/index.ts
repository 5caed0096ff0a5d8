import type { ContainerFormat } from '../../contract.ts'
import { magicOf, RECORDS } from '../caformat.ts'
import { type StoredMember, storedAsIs } from '../members.ts'
import { parseCasyncArchive } from './parse.ts'

export const casyncArchive: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'casync-archive',
  title: 'casync archive (.catar)',
  references: ['casync, src/caformat.h'],
  limits: [
    'owners that are told by name, access lists and flags of files are not shown',
    'archives that lie in chunks elsewhere (.caidx) are told only: their index is casync-index',
  ],
  magic: [{ bytes: `\x40\0\0\0\0\0\0\0${magicOf(RECORDS.entry)}`, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const archive = parseCasyncArchive(bytes, at)
    return archive && { start: at, end: archive.end }
  },

  ...storedAsIs((bytes, { start }, problem) => {
    const archive = parseCasyncArchive(bytes, start)
    if (archive?.cut) problem('truncated', 'the archive ends before its last folder does', archive.cut.path)
    if (archive?.attributesCut) problem('unsupported', 'there are more extended attributes than are kept')
    return archive?.members ?? []
  }),
}
