import type { LeafFormat } from '../../contract.ts'
import { isFit } from '../fit/parse.ts'
import { parseFdt } from './parse.ts'

export const fdt: LeafFormat = {
  kind: 'leaf',
  name: 'fdt',
  title: 'Flattened device tree (DTB)',
  references: ['Devicetree Specification 0.4, chapter 5'],
  limits: [
    'versions before 16 are not read',
    'a tree that is cut off is not recognised: its names come last',
  ],
  magic: [{ bytes: '\xd0\x0d\xfe\xed', at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const tree = parseFdt(bytes, at)
    return isFit(tree) ? undefined : { start: at, end: at + tree.totalSize }
  },
}
