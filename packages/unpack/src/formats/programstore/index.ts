import type { ContainerFormat } from '../../contract.ts'
import { crc32HighOf } from '../cksum.ts'
import { announced, asProgram, type StoredMember, storedAsIs } from '../members.ts'
import { LOAD_ADDRESS_AT, LOAD_ADDRESSES, type Programstore, parseProgramstore } from './parse.ts'

export const programstore: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'programstore',
  title: 'Broadcom ProgramStore image (cable modems and gateways)',
  references: ['OpenWrt firmware-utils, src/bcmalgo.c and src/hcsmakeimage.c'],
  limits: [
    'found with the load addresses 0x80004000, 0x80010000 and 0x83f80000 only',
    'contents that are packed (LZRW1/KH, mini-LZO, NRV2D, LZMA without a length) are shown as they are',
  ],
  magic: LOAD_ADDRESSES.map((bytes) => ({ bytes, at: LOAD_ADDRESS_AT })),
  carve: true,

  recognise(bytes, at) {
    const image = parseProgramstore(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { crc, content, end } = parseProgramstore(bytes, start) as Programstore
    if (end <= bytes.size && ~crc32HighOf(bytes, content.at, content.length, 0xffff_ffff) >>> 0 !== crc)
      problem('checksum', 'the CRC differs', 'program')
    yield asProgram(announced(bytes, 'program', content, problem))
  }),
}
