import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { FIELDS, FILLED, looksLikeRas, parseZyxelRas, systemVSum, type ZyxelRas } from './parse.ts'

export const zyxelRas: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'zyxel-ras',
  title: 'Zyxel RAS image (NBG6617 and other routers)',
  references: ['OpenWrt firmware-utils, src/mkrasimage.c'],
  limits: [
    'found at the start of a file, and where a stretch that nothing else claims begins: it has no mark',
    'headers that take another room than 2, 4, 64, 128 or 256 KiB, or with a root file system that begins with 0xff, are not recognised',
  ],
  // What fills the header: at the start of a file what lies in it must not be found first.
  magic: [{ bytes: FILLED, at: FIELDS }],
  *candidates(bytes, { start }) {
    if (looksLikeRas(bytes, start)) yield start
  },
  carve: false,

  recognise(bytes, at) {
    const image = parseZyxelRas(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { rootfs, kernel } = parseZyxelRas(bytes, start) as ZyxelRas
    for (const [path, part] of [['rootfs', rootfs] as const, ['kernel', kernel] as const]) {
      if (!part) continue
      if (part.at + part.length <= bytes.size && systemVSum(bytes, part) !== part.sum)
        problem('checksum', 'the sum differs', path)
      yield announced(bytes, path, part, problem)
    }
  }),
}
