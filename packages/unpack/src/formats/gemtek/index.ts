import { crc32 } from 'node:zlib'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { CRC_AT, type Gemtek, HEADER, MAGICS, parseGemtek } from './parse.ts'

export const gemtek: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'gemtek',
  title: 'Gemtek image (Linksys WRT100 and WRT110, Airlink101, Asante)',
  references: ['OpenWrt firmware-utils, src/mkheader_gemtek.c'],
  limits: ['the second checksum in the header is not compared: what it covers is not public'],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseGemtek(bytes, at)
    return image && { start: at, end: Math.min(at + image.size, bytes.size) }
  },

  ...storedAsIs((bytes, { start }, problem) => {
    const image = parseGemtek(bytes, start) as Gemtek
    if (start + image.size <= bytes.size && !fits(bytes, start, image))
      problem('checksum', 'the CRC-32 differs', 'firmware')
    return [announced(bytes, 'firmware', { at: start + HEADER, length: image.size - HEADER }, problem)]
  }),
}

/** Of the whole, with zeros where it stands; whether the second one behind it was there by then is not public. */
function fits(bytes: Bytes, at: number, { size, crc }: Gemtek): boolean {
  return [CRC_AT + 4, CRC_AT + 8].some((end) => {
    const header = Uint8Array.from(bytes.view(at, HEADER)).fill(0, CRC_AT, end)
    return crc32Of(bytes, at + HEADER, size - HEADER, crc32(header)) === crc
  })
}
