import type { ContainerFormat } from '../../contract.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { CRC_FROM } from '../trx/parse.ts'
import { type EdimaxPs16, MAGIC, parseEdimaxPs16 } from './parse.ts'

export const edimaxPs16: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'edimax-ps16',
  title: 'Edimax PS16 header in front of TRX (PS-1208MFG print server)',
  references: ['OpenWrt firmware-utils, src/trx2edips.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseEdimaxPs16(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { crc, image, parts, end } = parseEdimaxPs16(bytes, start) as EdimaxPs16
    const from = image.at + CRC_FROM
    if (end <= bytes.size && ~crc32Of(bytes, from, end - from) >>> 0 !== crc)
      problem('checksum', 'the CRC differs')
    for (const [index, part] of parts.entries()) yield announced(bytes, `partition-${index}`, part, problem)
  }),
}
