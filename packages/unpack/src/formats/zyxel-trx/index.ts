import type { ContainerFormat } from '../../contract.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, parseZyxelTrx, type ZyxelTrx } from './parse.ts'

export const zyxelTrx: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'zyxel-trx',
  title: 'Zyxel image with a 0RDH header (NR7101 and other LTE and 5G routers)',
  references: ['OpenWrt firmware-utils, src/zytrx.c'],
  limits: ['the checksum of the kernel is not compared: what it covers is not public'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const content = parseZyxelTrx(bytes, at)?.content
    return content && { start: at, end: Math.min(content.at + content.length, bytes.size) }
  },

  ...storedAsIs((bytes, { start }, problem) => {
    const { crc, content } = parseZyxelTrx(bytes, start) as ZyxelTrx
    const whole = content.at + content.length <= bytes.size
    if (whole && ~crc32Of(bytes, content.at, content.length) >>> 0 !== crc)
      problem('checksum', 'the CRC-32 differs', 'firmware')
    return [announced(bytes, 'firmware', content, problem)]
  }),
}
