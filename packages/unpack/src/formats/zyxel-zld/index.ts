import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC_AT, MAGICS, parseZyxelZld, sumOfZld, type ZyxelZld } from './parse.ts'

export const zyxelZld: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'zyxel-zld',
  title: 'Zyxel ZLD image (USG, ZyWALL, NWA and WAC: firewalls and access points)',
  references: ['OpenWrt firmware-utils, src/mkzyxelzldfw.c'],
  limits: ['the checksums of single files are not compared: what they cover differs with their kind'],
  magic: MAGICS.map((bytes) => ({ bytes, at: MAGIC_AT })),
  carve: true,

  recognise(bytes, at) {
    const image = parseZyxelZld(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const image = parseZyxelZld(bytes, start) as ZyxelZld
    if (image.end <= bytes.size && sumOfZld(bytes, start, image) !== image.sum)
      problem('checksum', 'the sum differs')
    for (const [index, { kind, content }] of image.files.entries())
      yield announced(bytes, `${index}-${kind}`, content, problem)
  }),
}
