import type { ContainerFormat } from '../../contract.ts'
import { crc32Of, type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { type BrnImage, MAGIC, parseBrnImage } from './parse.ts'

export const brnimg: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'brnimg',
  title: 'BRN image (Arcadyan gateways with the boot loader brnboot: Speedport, WBMR and others)',
  references: ['OpenWrt firmware-utils, src/mkbrnimg.c'],
  limits: [
    'images whose footers have another mark than 0x12345678, or whose kernel is no LZMA, are not recognised',
    'an image that is cut off is not recognised: what tells its parts stands behind them',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseBrnImage(bytes, at)
    return image && { start: at, end: image.end }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    for (const [index, part] of (parseBrnImage(bytes, start) as BrnImage).parts.entries()) {
      const path = index === 0 ? 'kernel' : `part-${index}`
      if (crc32Of(bytes, part.at, part.length) !== part.crc) problem('checksum', 'the CRC-32 differs', path)
      yield { meta: wrapped(path), content: part }
    }
  }),
}
