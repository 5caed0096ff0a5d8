import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs } from '../members.ts'
import { type HabImage, MAGICS, parseHab } from './parse.ts'

export const imxHab: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'imx-hab',
  title: 'NXP i.MX boot image (IVT, HAB version 4)',
  references: [
    'NXP, HAB version 4 API reference: Image Vector Table, Boot Data, Device Configuration Data, CSF',
    'U-Boot, tools/imximage.c and doc/imx/habv4',
  ],
  limits: [
    'signatures are read, not verified',
    'encrypted contents are shown as they are',
    'tables without boot data, as they stand before a FIT image of i.MX8M, are not taken',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseHab(bytes, at)
    return image && { start: at, end: Math.min(at + image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { bootData, dcd, csfAt, csf, end } = parseHab(bytes, start) as HabImage
    const member = (name: string, from: number, to: number) =>
      announced(bytes, name, { at: start + from, length: to - from }, problem)
    if (dcd) yield member('dcd', dcd.from, dcd.to)
    const from = Math.max(bootData.to, dcd && dcd.from < bootData.to + 64 ? dcd.to : 0)
    const to = csfAt !== undefined && csfAt > from ? csfAt : end
    if (to > from) yield asProgram(member('image', from, to))
    if (csf && csf.from >= to && end > csf.from) yield member('csf', csf.from, end)
  }),
}
