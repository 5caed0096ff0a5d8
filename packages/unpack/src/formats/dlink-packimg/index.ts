import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { HEADER, MAGIC, parsePackimg } from './parse.ts'

export const dlinkPackimg: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'dlink-packimg',
  title: 'PackImg section (D-Link and others)',
  references: ['binwalk 3, src/structures/packimg.rs'],
  limits: ['a section that is cut off is not recognised: its byte order would not be known'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const length = parsePackimg(bytes, at)
    return length === undefined ? undefined : { start: at, end: at + HEADER + length }
  },

  ...storedAsIs((_bytes, { start, end }) => [
    { meta: wrapped('section'), content: { at: start + HEADER, length: end - start - HEADER } },
  ]),
}
