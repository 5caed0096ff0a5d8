import type { ContainerFormat } from '../../contract.ts'
import { distinctPaths, type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { type Lxl, MAGIC, parseLxl } from './parse.ts'

export const lxl: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'lxl',
  title: 'Luxul firmware header (LXL#: routers and access points)',
  references: ['OpenWrt firmware-utils, src/lxlfw.c'],
  limits: [
    'it is the header only: no length stands in it, and the image behind it is found by what it is',
    'certificate and signature are shown, not verified',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseLxl(bytes, at)
    return header && { start: at, end: header.end }
  },

  ...storedAsIs(function* (bytes, { start }) {
    const pathOf = distinctPaths()
    for (const [place, { name, at, length }] of (parseLxl(bytes, start) as Lxl).blobs.entries())
      yield { meta: wrapped(pathOf(name, place)), content: { at, length } }
  }),
}
