import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type Stored, type StoredMember, storedAsIs } from '../members.ts'
import { MAGICS, parseRockchipIdb } from './parse.ts'
import { parseRockchipIdbV1, V1_MAGIC } from './parse-v1.ts'

export const rockchipIdb: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'rockchip-idb',
  title: 'Rockchip ID block',
  references: [
    'barebox, scripts/rkimage.c and scripts/rockchip.h',
    'U-Boot, tools/rkcommon.c, header0_info and header0_info_v2',
  ],
  limits: [
    'signatures are read, not verified',
    'a first program that is under RC4 as older headers are is shown as it is',
  ],
  magic: [...MAGICS, V1_MAGIC].map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const idb = parseRockchipIdb(bytes, at) ?? parseRockchipIdbV1(bytes, at)
    return idb && { start: at, end: Math.min(at + idb.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    for (const [index, { at, length }] of imagesOf(bytes, start).entries())
      yield asProgram(announced(bytes, `image-${index + 1}`, { at: start + at, length }, problem))
  }),
}

function imagesOf(bytes: Bytes, start: number): readonly Stored[] {
  const idb = parseRockchipIdb(bytes, start)
  if (idb) return idb.images
  const older = parseRockchipIdbV1(bytes, start)
  return older ? [older.first, ...(older.second ? [older.second] : [])] : []
}
