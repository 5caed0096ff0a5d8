import type { ContainerFormat } from '../../contract.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, parseUsrTrx, type UsrTrx } from './parse.ts'

export const usrTrx: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'usr-trx',
  title: 'U.S. Robotics header in front of TRX (USR5461 and other routers)',
  references: ['OpenWrt firmware-utils, src/trx2usr.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseUsrTrx(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { crc, content, end } = parseUsrTrx(bytes, start) as UsrTrx
    // There is no final inversion.
    if (end <= bytes.size && ~crc32Of(bytes, content.at, content.length) >>> 0 !== crc)
      problem('checksum', 'the CRC differs', 'image')
    yield announced(bytes, 'image', content, problem)
  }),
}
