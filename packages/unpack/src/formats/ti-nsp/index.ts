import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { cksumOf, MAGIC, parseTiNsp, TAIL, type TiNsp } from './parse.ts'

export const tiNsp: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ti-nsp',
  title: 'TI NSP image (DSL gateways with AR7 and UR8 chips: Linksys, D-Link, Netgear and others)',
  references: ['OpenWrt firmware-utils, src/mktitanimg.h and src/mktitanimg.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseTiNsp(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { sections, end, whole } = parseTiNsp(bytes, start) as TiNsp
    if (end > bytes.size)
      problem('truncated', `${end - start} bytes are announced, ${bytes.size - start} are there`)
    if (whole !== undefined && cksumOf(bytes, { at: start, length: end - TAIL - start }) !== whole)
      problem('checksum', 'the checksum of the image differs')
    for (const { path, content, sum } of sections) {
      if (content.at + content.length <= bytes.size && cksumOf(bytes, content) !== sum)
        problem('checksum', 'the checksum differs', path)
      yield announced(bytes, path, content, problem)
    }
  }),
}
