import type { ContainerFormat } from '../../contract.ts'
import { crcCcittOf } from '../crc-ccitt.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { type H3cImage, MAGIC, parseH3cImage } from './parse.ts'

export const h3cImage: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'h3c-image',
  title: 'H3C image (switches and access points of H3C and HPE)',
  references: ['OpenWrt firmware-utils, src/mkh3cimg.c'],
  limits: ['found at the start of a file only'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: false,

  recognise(bytes, at) {
    const image = parseH3cImage(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    for (const [index, { content, crc }] of (parseH3cImage(bytes, start) as H3cImage).files.entries()) {
      const path = `file-${index}`
      const whole = content.at + content.length <= bytes.size
      if (whole && crcCcittOf(bytes, content.at, content.length, 0) !== crc)
        problem('checksum', 'the CRC differs', path)
      yield announced(bytes, path, content, problem)
    }
  }),
}
