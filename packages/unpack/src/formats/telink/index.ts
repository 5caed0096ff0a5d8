import { Reader } from '@messlatte/bytes'
import type { LeafFormat } from '../../contract.ts'
import { crc32Of } from '../members.ts'
import { CRC_BYTES, MAGIC, MAGIC_AT, sizeOfTelink } from './parse.ts'

export const telink: LeafFormat = {
  kind: 'leaf',
  name: 'telink',
  title: 'Telink TLSR firmware',
  references: ['Telink, AN-17120401: Zigbee SDK Developer Manual, "OTA"'],
  limits: ['secure boot of newer chips is not visible in the image'],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const size = sizeOfTelink(bytes, at)
    return size === undefined ? undefined : { start: at, end: Math.min(at + size, bytes.size) }
  },

  examine(bytes, { start }, problem) {
    const size = sizeOfTelink(bytes, start) ?? 0
    if (start + size > bytes.size) {
      problem('truncated', `${size} bytes are announced, ${bytes.size - start} are there`)
      return
    }
    const crc = new Reader(bytes.view(start + size - CRC_BYTES, CRC_BYTES), 'little').u32()
    // The final inversion of the CRC is left out.
    if (~crc32Of(bytes, start, size - CRC_BYTES) >>> 0 !== crc) problem('checksum', 'the CRC differs')
  },
}
