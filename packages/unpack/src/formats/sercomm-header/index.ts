import { Reader } from '@messlatte/bytes'
import type { LeafFormat } from '../../contract.ts'

const MAGIC = 'sErCoMm'
const HEADER = 512
const VERSION = 0x00010000
const AGAIN_AT = 63

export const sercommHeader: LeafFormat = {
  kind: 'leaf',
  name: 'sercomm-header',
  title: 'Sercomm header (Netgear and other routers that Sercomm made)',
  references: ['OpenWrt firmware-utils, src/mksercommfw.c'],
  limits: [
    'it is the header only: no length stands in it, and the image behind it is found by what it is',
    'the checksum, one byte of all up to the end, is not compared',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,
  recognise(bytes, at) {
    if (at + HEADER > bytes.size) return undefined
    const header = bytes.view(at, HEADER)
    const reader = new Reader(header, 'big')
    if (reader.latin1(MAGIC.length) !== MAGIC || reader.u32() !== VERSION) return undefined
    if (new Reader(header, 'big', AGAIN_AT).latin1(MAGIC.length) !== MAGIC) return undefined
    // All behind the second mark is empty but for the checksum at the end.
    const rest = header.subarray(AGAIN_AT + MAGIC.length, HEADER - 1)
    return rest.every((byte) => byte === 0) ? { start: at, end: at + HEADER } : undefined
  },
}
