import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, storedAsIs } from '../members.ts'
import { membersOfTags } from '../silabs-tags.ts'
import { type Gbl, KIND, MAGIC, parseGbl } from './parse.ts'

export const gbl: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'gbl',
  title: 'Silicon Labs GBL (Gecko bootloader)',
  references: [
    'Silicon Labs, UG103.6: Bootloader Fundamentals',
    'Silicon Labs, UG266 and UG489: Gecko Bootloader',
  ],
  limits: [
    'signatures and certificates are shown, not verified',
    'encrypted contents are shown as they are',
    'programs that are a difference to an older one are shown as they are',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const file = parseGbl(bytes, at)
    return file && { start: at, end: file.end }
  },

  ...storedAsIs((bytes, { start }, problem) =>
    membersOfTags(bytes, start, parseGbl(bytes, start) as Gbl, KIND, problem),
  ),
}
