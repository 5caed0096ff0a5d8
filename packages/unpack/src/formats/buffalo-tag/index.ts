import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { BRAND, BRAND_AT, type BuffaloTag, cksumOf, parseBuffaloTag } from './parse.ts'

export const buffaloTag: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'buffalo-tag',
  title: 'Buffalo image tag (AirStation routers; also around an encrypted image)',
  references: ['OpenWrt firmware-utils, src/buffalo-lib.h and src/buffalo-tag.c'],
  limits: ['found with the brand BUFFALO only'],
  magic: [{ bytes: BRAND, at: BRAND_AT }],
  carve: true,

  recognise(bytes, at) {
    const image = parseBuffaloTag(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const tag = parseBuffaloTag(bytes, start) as BuffaloTag
    if (tag.crc !== 0 && tag.end <= bytes.size && cksumOf(bytes, start, tag.end) !== tag.crc)
      problem('checksum', 'the checksum differs')
    for (const [index, content] of tag.contents.entries())
      yield announced(bytes, tag.contents.length > 1 ? `image-${index}` : 'image', content, problem)
  }),
}
