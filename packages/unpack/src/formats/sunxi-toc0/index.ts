import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { sunxiSum } from '../sunxi-egon/parse.ts'
import { MAGIC, parseSunxiToc0, type SunxiToc0 } from './parse.ts'

export const sunxiToc0: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'sunxi-toc0',
  title: 'Allwinner TOC0 boot image (secure boot)',
  references: ['linux-sunxi.org, "TOC0"', 'U-Boot, tools/sunxi_toc0.c'],
  limits: ['certificates and keys are shown, not verified'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const toc = parseSunxiToc0(bytes, at)
    return toc && { start: at, end: Math.min(at + toc.length, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { items, length, checksum } = parseSunxiToc0(bytes, start) as SunxiToc0
    if (start + length <= bytes.size && sunxiSum(bytes, start, length, checksum) !== checksum)
      problem('checksum', 'the sum differs')
    for (const item of items)
      yield announced(bytes, item.name, { at: start + item.at, length: item.length }, problem)
  }),
}
