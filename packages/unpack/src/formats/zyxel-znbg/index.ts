import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { LeafFormat } from '../../contract.ts'
import { crc32Of } from '../members.ts'

const MAGIC = 'ZNBG'
const FOOTER = 60
const VERSION = /^[\x21-\x7e][\x20-\x7e]*$/

export const zyxelZnbg: LeafFormat = {
  kind: 'leaf',
  name: 'zyxel-znbg',
  title: 'Zyxel ZNBG footer (NBG routers)',
  references: ['OpenWrt firmware-utils, src/zyimage.c'],
  limits: ['the CRC is compared where the file ends with it: it is of all before'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    return crcOf(bytes, at) === undefined ? undefined : { start: at, end: at + FOOTER }
  },

  examine(bytes, { start, end }, problem) {
    // There is no final inversion.
    if (end === bytes.size && ~crc32Of(bytes, 0, start) >>> 0 !== crcOf(bytes, start))
      problem('checksum', 'the CRC of the image before it differs')
  },
}

/** The CRC of the footer at `at`, or undefined for what is none; little endian. */
function crcOf(bytes: Bytes, at: number): number | undefined {
  if (at + FOOTER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FOOTER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  reader.skip(4)
  return VERSION.test(cString(reader.take(48))) ? reader.u32() : undefined
}
