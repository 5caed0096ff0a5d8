import { latin1 } from '@messlatte/bytes'
import type { LeafFormat } from '../../contract.ts'

const MAGIC = 'device:'
const HEADER = 128

export const dniHeader: LeafFormat = {
  kind: 'leaf',
  name: 'dni-header',
  title: 'DNI header (Netgear and other routers that Delta Networks made)',
  references: ['OpenWrt firmware-utils, src/mkdniimg.c'],
  limits: [
    'it is the header only: no length stands in it, and the image behind it is found by what it is',
    'the checksum, one byte behind the image, is not compared',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,
  recognise(bytes, at) {
    if (at + HEADER > bytes.size) return undefined
    const text = latin1(bytes.view(at, HEADER))
    return /^device:[\x21-\x7e]+\nversion:V[\x20-\x7e]*\n[\n\x20-\x7e]*\0+$/.test(text)
      ? { start: at, end: at + HEADER }
      : undefined
  },
}
