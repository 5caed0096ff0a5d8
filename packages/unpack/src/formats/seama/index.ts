import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, hashStretch, type StoredMember, storedAsIs } from '../members.ts'
import { MAGICS, parseSeama, type SeamaPart } from './parse.ts'

export const seama: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'seama',
  title: 'SEAMA (D-Link, Alpha Networks; also known as DLOB)',
  references: ['OpenWrt firmware-utils, src/seama.h', 'OpenWrt firmware-utils, src/seama.c'],
  limits: [],
  magic: [
    { bytes: MAGICS.big, at: 0 },
    { bytes: MAGICS.little, at: 0 },
  ],
  carve: true,

  recognise(bytes, at) {
    const last = parseSeama(bytes, at).at(-1)
    return last && { start: at, end: Math.min(endOf(last), bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function endOf({ image }: SeamaPart): number {
  return image.at + image.length
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  let count = 0
  for (const { meta, md5, image } of parseSeama(bytes, start)) {
    const path = md5 === undefined ? 'seal' : `image-${count++}`
    if (meta.length > 0) yield announced(bytes, `${path}.meta`, meta, problem)
    if (md5 === undefined) continue
    const whole = image.at + image.length <= bytes.size
    if (whole && hashStretch(createHash('md5'), bytes, image.at, image.length).digest('hex') !== md5)
      problem('checksum', 'the MD5 differs', path)
    yield announced(bytes, path, image, problem)
  }
}
