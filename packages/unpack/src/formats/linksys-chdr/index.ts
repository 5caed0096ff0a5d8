import type { ContainerFormat } from '../../contract.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { type LinksysChdr, MAGIC, parseLinksysChdr } from './parse.ts'

export const linksysChdr: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'linksys-chdr',
  title: 'Linksys CHDR header (EA8300, WRT AC models)',
  references: ['OpenWrt firmware-utils, src/linksys-addfwhdr.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseLinksysChdr(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { crc, content, end } = parseLinksysChdr(bytes, start) as LinksysChdr
    // The last word of the header is counted, too; there is no final inversion.
    if (end <= bytes.size && ~crc32Of(bytes, content.at - 4, content.length + 4) >>> 0 !== crc)
      problem('checksum', 'the CRC differs', 'image')
    yield announced(bytes, 'image', content, problem)
  }),
}
