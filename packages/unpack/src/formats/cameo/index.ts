import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs, sumOf } from '../members.ts'
import { type Cameo, MAGICS, parseCameo } from './parse.ts'

export const cameo: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'cameo',
  title: 'Cameo and Alpha web header (D-Link DIR-615, DAP-1522, DHP-1565 and others, TRENDnet)',
  references: ['OpenWrt firmware-utils, src/mkcameofw.c and src/mkdapimg.c'],
  limits: ['found at the start of a file only'],
  magic: MAGICS,
  carve: false,

  recognise(bytes, at) {
    const image = parseCameo(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { sum, image, parts, end } = parseCameo(bytes, start) as Cameo
    if (end <= bytes.size && sumOf(bytes, image.at, image.length) !== sum)
      problem('checksum', 'the sum differs')
    for (const { path, content } of parts) yield announced(bytes, path, content, problem)
  }),
}
