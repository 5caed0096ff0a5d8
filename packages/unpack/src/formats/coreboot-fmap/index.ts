import type { LeafFormat } from '../../contract.ts'
import { MAGIC, parseFmap } from './parse.ts'

export const corebootFmap: LeafFormat = {
  kind: 'leaf',
  name: 'coreboot-fmap',
  title: 'FMAP (flash map of coreboot and ChromeOS)',
  references: ['flashmap, lib/fmap.h', 'coreboot, Documentation/lib/flashmap.md'],
  limits: [
    'its areas lie within each other, and are not shown as parts: file systems in them are found all the same',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const map = parseFmap(bytes, at)
    return map && { start: at, end: map.end }
  },
}
