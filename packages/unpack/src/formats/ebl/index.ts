import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, storedAsIs } from '../members.ts'
import { membersOfTags, type TagFile } from '../silabs-tags.ts'
import { KIND, MAGIC, parseEbl } from './parse.ts'

export const ebl: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ebl',
  title: 'Silicon Labs EBL (EM35x and older bootloaders)',
  references: ['Silicon Labs, UG103.6: Bootloader Fundamentals'],
  limits: ['encrypted contents are shown as they are'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const file = parseEbl(bytes, at)
    return file && { start: at, end: file.end }
  },

  ...storedAsIs((bytes, { start }, problem) =>
    membersOfTags(bytes, start, parseEbl(bytes, start) as TagFile, KIND, problem),
  ),
}
