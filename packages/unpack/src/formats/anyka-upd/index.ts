import type { ContainerFormat } from '../../contract.ts'
import { announced, distinctPaths, type StoredMember, storedAsIs } from '../members.ts'
import { type AnykaUpd, MAGIC, parseAnykaUpd } from './parse.ts'

export const anykaUpd: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'anyka-upd',
  title: 'Anyka update file (ANYKA106: cameras, players, pens)',
  references: [
    'Anyka, burning tool, Update.h (`T_UPDATE_FILE_HEAD`)',
    'tt-emu (github.com/nomeata/tt-emu), docs/memory-map-and-boot.md, section 3',
  ],
  limits: [
    'checksums are not compared',
    'the marks of a version behind the contents are not part of it',
    'images of flashes of later cameras (AK3918) have no header of their own: what lies in them is found by what it is',
  ],
  recognisedOnly:
    'no tool that writes it could be run here, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const update = parseAnykaUpd(bytes, at)
    return update && { start: at, end: Math.min(update.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const pathOf = distinctPaths()
    for (const [place, file] of (parseAnykaUpd(bytes, start) as AnykaUpd).files.entries())
      yield announced(bytes, pathOf(file.path || `file-${place}`, place), file, problem)
  }),
}
