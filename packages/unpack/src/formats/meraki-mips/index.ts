import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { crcOfMeraki, MAGICS, type MerakiMips, parseMerakiMips } from './parse.ts'

export const merakiMips: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'meraki-mips',
  title: 'Cisco Meraki image with a 32-byte header (Z1, MX64, MX65)',
  references: ['OpenWrt firmware-utils, src/mkmerakifw-old.c'],
  limits: [],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseMerakiMips(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const image = parseMerakiMips(bytes, start) as MerakiMips
    if (image.end <= bytes.size && crcOfMeraki(bytes, start, image) !== image.crc)
      problem('checksum', 'the CRC differs', 'image')
    yield announced(bytes, 'image', image.content, problem)
  }),
}
