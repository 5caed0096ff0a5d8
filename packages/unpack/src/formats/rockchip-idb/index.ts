import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs } from '../members.ts'
import { MAGICS, parseRockchipIdb, type RockchipIdb } from './parse.ts'

export const rockchipIdb: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'rockchip-idb',
  title: 'Rockchip ID block (RK3568, RK3588 and later)',
  references: [
    'barebox, scripts/rkimage.c and scripts/rockchip.h',
    'U-Boot, tools/rkcommon.c, header0_info_v2',
  ],
  limits: [
    'signatures are read, not verified',
    'headers of older processors, which are hidden with RC4 and a published key, are not read',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const idb = parseRockchipIdb(bytes, at)
    return idb && { start: at, end: Math.min(at + idb.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { images } = parseRockchipIdb(bytes, start) as RockchipIdb
    for (const [index, { at, length }] of images.entries())
      yield asProgram(announced(bytes, `image-${index + 1}`, { at: start + at, length }, problem))
  }),
}
