import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, storedAsIs } from '../members.ts'
import { membersOfTags, type TagFile, tellState } from '../silabs-tags.ts'
import { ENCRYPTED_MAGIC, KIND, MAGIC, parseEbl } from './parse.ts'

export const ebl: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ebl',
  title: 'Silicon Labs EBL (EM35x and older bootloaders)',
  references: ['Silicon Labs, UG103.6: Bootloader Fundamentals'],
  limits: ['encrypted contents are shown as they are', 'found at the start of a content only'],
  magic: [
    { bytes: MAGIC, at: 0 },
    { bytes: ENCRYPTED_MAGIC, at: 0 },
  ],
  // Its magic is like many a small number; OTA files, which are made of elements, have it at the start of one.
  carve: false,

  recognise(bytes, at) {
    const file = parseEbl(bytes, at)
    return file && { start: at, end: file.end }
  },

  ...storedAsIs((bytes, { start }, problem) => {
    const file = parseEbl(bytes, start) as TagFile
    tellState(bytes, start, file, problem)
    return membersOfTags(bytes, start, file.tags, KIND, problem)
  }),
}
