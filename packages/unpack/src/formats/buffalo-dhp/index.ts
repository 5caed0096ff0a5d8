import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { type BuffaloDhp, cksumOf, MAGIC, parseBuffaloDhp } from './parse.ts'

export const buffaloDhp: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'buffalo-dhp',
  title: 'Buffalo DHP header (WZR-900DHP and other AirStation routers)',
  references: ['OpenWrt firmware-utils, src/mkdhpimg.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseBuffaloDhp(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { crc, content, end } = parseBuffaloDhp(bytes, start) as BuffaloDhp
    if (end <= bytes.size && cksumOf(bytes, start, end) !== crc)
      problem('checksum', 'the checksum differs', 'image')
    yield announced(bytes, 'image', content, problem)
  }),
}
