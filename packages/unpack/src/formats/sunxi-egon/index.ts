import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, parseSunxiEgon, type SunxiEgon, sunxiSum } from './parse.ts'

const HEADER = 32

export const sunxiEgon: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'sunxi-egon',
  title: 'Allwinner eGON boot image',
  references: ['linux-sunxi.org, "EGON"', 'U-Boot, include/sunxi_image.h and tools/sunxi_egon.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 4 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseSunxiEgon(bytes, at)
    return image && { start: at, end: Math.min(at + image.length, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { length, checksum } = parseSunxiEgon(bytes, start) as SunxiEgon
    if (start + length <= bytes.size && sunxiSum(bytes, start, length, checksum) !== checksum)
      problem('checksum', 'the sum differs')
    yield asProgram(announced(bytes, 'program', { at: start + HEADER, length: length - HEADER }, problem))
  }),
}
