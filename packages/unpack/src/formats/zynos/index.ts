import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { isMark, MAGIC, MAGIC_AT, parseZynos, wordSumOf, type Zynos } from './parse.ts'

export const zynos: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'zynos',
  title: 'ZyNOS object (Zyxel switches, access points and DSL gateways; Netgear and D-Link ones with ZyNOS)',
  references: ['OpenWrt firmware-utils, src/zynos.h, src/mkzynfw.c and src/zynsig.c'],
  limits: [
    'contents that are packed are shown as they are: with what is not told',
    'where the header counts two bytes only, as OpenWrt writes it for boot loaders that check no more, what follows is found by what it is; its sum is compared where such an image stands at the start of a content',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const image = parseZynos(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const image = parseZynos(bytes, start) as Zynos
    const { sum, content, end } = image
    if (start === 0 && sum !== undefined && isMark(image)) {
      const all = { at: content.at, length: bytes.size - content.at }
      if (wordSumOf(bytes, all) !== sum) problem('checksum', 'the sum of all that follows differs')
    }
    if (sum !== undefined && end <= bytes.size && wordSumOf(bytes, content) !== sum)
      problem('checksum', 'the sum differs', 'object')
    yield announced(bytes, 'object', content, problem)
  }),
}
