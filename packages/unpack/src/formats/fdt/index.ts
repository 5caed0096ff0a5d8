import { latin1, MAX_VIEW } from '@messlatte/bytes'
import type { LeafFormat } from '../../contract.ts'
import { layoutsOf } from '../../layout/device-tree.ts'
import { layoutsOfCommandLine, MTDPARTS } from '../../layout/mtdparts.ts'
import { isFit } from '../fit/parse.ts'
import { fdtNode, fdtProperty, fdtStrings, parseFdt } from './parse.ts'

/** One of these stands in each tree that has a layout: most have none, and are not read a second time. */
const SPEAKS_OF_FLASH = ['fixed-partitions', 'partition@', MTDPARTS]

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

  layouts(bytes, { start, end }) {
    const text = latin1(bytes.view(start, Math.min(end - start, MAX_VIEW)))
    if (!SPEAKS_OF_FLASH.some((word) => text.includes(word))) return []
    const tree = parseFdt(bytes, start)
    const chosen = fdtNode(tree, '/chosen')
    const bootargs = chosen && fdtProperty(chosen, 'bootargs')
    const lines = bootargs ? (fdtStrings(tree, bootargs) ?? []) : []
    return [...layoutsOf(tree), ...lines.flatMap(layoutsOfCommandLine)]
  },
}
