import type { ContainerFormat } from '../../contract.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, MAGIC_AT, parseWrt400n, type Wrt400n } from './parse.ts'

export const linksysWrt400n: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'linksys-wrt400n',
  title: 'Linksys WRT400N image (Gemtek, GMTKRT400N)',
  references: ['OpenWrt firmware-utils, src/wrt400n.c'],
  limits: ['the checksums of the single parts, which cover them as they lie in flash, are not compared'],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const image = parseWrt400n(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { crc, parts, end } = parseWrt400n(bytes, start) as Wrt400n
    const from = parts[0].content.at
    if (end <= bytes.size && crc32Of(bytes, from, end - from) !== crc) problem('checksum', 'the CRC differs')
    for (const { path, content } of parts) yield announced(bytes, path, content, problem)
  }),
}
