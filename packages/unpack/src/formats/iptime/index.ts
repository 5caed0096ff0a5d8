import { crc32 } from 'node:zlib'
import type { ContainerFormat } from '../../contract.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { type Iptime, parseIptime, RESERVED, RESERVED_AT } from './parse.ts'

export const iptime: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'iptime',
  title: 'ipTIME image with a CRC (A6004MX, AX2004M, AX3000 and other routers)',
  references: ['OpenWrt firmware-utils, src/iptime-crc32.c'],
  limits: ['found at the start of a file only'],
  magic: [{ bytes: RESERVED, at: RESERVED_AT }],
  carve: false,

  recognise(bytes, at) {
    const image = parseIptime(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { header, crc, content, end } = parseIptime(bytes, start) as Iptime
    // There is no final inversion.
    if (end <= bytes.size && ~crc32Of(bytes, content.at, content.length, crc32(header)) >>> 0 !== crc)
      problem('checksum', 'the CRC differs', 'image')
    yield announced(bytes, 'image', content, problem)
  }),
}
