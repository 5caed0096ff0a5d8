import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, hashStretch, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC_AT, MAGICS, parseWrgHeader, type WrgHeader } from './parse.ts'

export const wrgg: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'wrgg',
  title: 'WRG and WRGG images (D-Link, Alpha Networks)',
  references: ['OpenWrt firmware-utils, src/mkwrgimg.c', 'OpenWrt firmware-utils, src/mkwrggimg.c'],
  limits: [],
  magic: Object.values(MAGICS).map((bytes) => ({ bytes: bytes.repeat(2), at: MAGIC_AT })),
  carve: true,

  recognise(bytes, at) {
    const header = parseWrgHeader(bytes, at)
    return header && { start: at, end: Math.min(header.image.at + header.image.length, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { image, salt, md5 } = parseWrgHeader(bytes, start) as WrgHeader
  if (image.at + image.length <= bytes.size) {
    const hash = createHash('md5').update(bytes.view(salt.at, salt.length))
    if (hashStretch(hash, bytes, image.at, image.length).digest('hex') !== md5)
      problem('checksum', 'the MD5 differs')
  }
  yield announced(bytes, 'image', image, problem)
}
