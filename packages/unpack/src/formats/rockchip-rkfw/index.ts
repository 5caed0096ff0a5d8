import { createHash } from 'node:crypto'
import { type Bytes, latin1 } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, hashStretch, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, parseRkfw, type Rkfw } from './parse.ts'

/** What an image within is: an update image, or one of Android's kind. */
const WITHIN = ['RKAF', 'RKFP']

export const rockchipRkfw: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'rockchip-rkfw',
  title: 'Rockchip ROM image (RKFW)',
  references: ['rockchip-mkbootimg (github.com/neo-technologies/rockchip-mkbootimg), rkrom.h, img_maker.c'],
  limits: ['images of over 4 GiB, and those cut off before the update image, are not recognised'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const rom = parseRkfw(bytes, at)
    if (!rom || rom.image.at + 4 > bytes.size || !WITHIN.includes(latin1(bytes.view(rom.image.at, 4))))
      return undefined
    return { start: at, end: Math.min(rom.end, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { loader, image, md5, summed } = parseRkfw(bytes, start) as Rkfw
  if (md5 !== undefined && hashStretch(createHash('md5'), bytes, start, summed - start).digest('hex') !== md5)
    problem('checksum', 'the MD5 differs')
  if (loader.length > 0) yield announced(bytes, 'loader', loader, problem)
  yield announced(bytes, 'update.img', image, problem)
}
