import type { ContainerFormat } from '../../contract.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC_AT, MAGICS, type MotorolaTrx, parseMotorolaTrx } from './parse.ts'

export const motorolaTrx: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'motorola-trx',
  title: 'Motorola header in front of TRX (WR850G, WA840G, WE800G)',
  references: ['OpenWrt firmware-utils, src/motorola-bin.c'],
  limits: [],
  magic: MAGICS.map((bytes) => ({ bytes, at: MAGIC_AT })),
  carve: true,

  recognise(bytes, at) {
    const image = parseMotorolaTrx(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { crc, content, end } = parseMotorolaTrx(bytes, start) as MotorolaTrx
    // The model is counted, too; there is no final inversion.
    if (end <= bytes.size && ~crc32Of(bytes, content.at - 4, content.length + 4) >>> 0 !== crc)
      problem('checksum', 'the CRC differs', 'image')
    yield announced(bytes, 'image', content, problem)
  }),
}
