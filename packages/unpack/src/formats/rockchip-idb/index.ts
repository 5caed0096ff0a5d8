import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import {
  announced,
  asProgram,
  inBatches,
  program,
  type Stored,
  type StoredMember,
  showStored,
} from '../members.ts'
import { MAGICS, parseRockchipIdb } from './parse.ts'
import { parseRockchipIdbV1, V1_MAGIC } from './parse-v1.ts'
import { piecesOf } from './spread.ts'

/** An image, as it lies there; of a spread one its content is counted without the blocks between. */
interface Image {
  readonly member: StoredMember
  readonly spread?: Stored
}

export const rockchipIdb: ContainerFormat<readonly Image[]> = {
  kind: 'container',
  name: 'rockchip-idb',
  title: 'Rockchip ID block',
  references: [
    'barebox, scripts/rkimage.c and scripts/rockchip.h',
    'U-Boot, tools/rkcommon.c, header0_info and header0_info_v2, and tools/rkspi.c',
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

  open: (bytes, { start }, problem) =>
    inBatches(imagesOf(bytes, start, problem), ({ member }) => member.content?.length ?? 0),

  read(_bytes, { start, end }, plan, sink) {
    for (const { member, spread } of plan) {
      if (spread) sink.mapped(member.meta, spread.length, piecesOf(spread, start, end))
      else showStored(member, sink)
    }
  },
}

function* imagesOf(bytes: Bytes, start: number, problem: Sink['problem']): Generator<Image> {
  const older = parseRockchipIdbV1(bytes, start)
  const newer = parseRockchipIdb(bytes, start)
  const images = newer?.images ?? [older?.first, older?.second]
  for (const [index, image] of images.entries()) {
    if (!image) continue
    const path = `image-${index + 1}`
    const { at, length } = image
    if (!(newer ?? older)?.spread)
      yield { member: asProgram(announced(bytes, path, { at: start + at, length }, problem)) }
    else {
      if (start + 2 * (at + length) > bytes.size)
        problem('truncated', 'the image ends within this content', path)
      yield { member: { meta: program(path) }, spread: { at, length } }
    }
  }
}
