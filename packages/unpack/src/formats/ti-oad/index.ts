import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { asProgram, crc32Of, distinctPaths, type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { CRC_FROM, MAGICS, parseTiOad, type TiOad } from './parse.ts'

export const tiOad: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ti-oad',
  title: 'Texas Instruments OAD image (CC13xx and CC26xx: Zigbee, Bluetooth, Thread)',
  references: [
    'Texas Instruments, SimpleLink CC13xx CC26xx SDK, BLE5-Stack User’s Guide, "OAD image header"',
  ],
  limits: [
    'signatures are shown, not verified',
    'images that are cut off, or packed behind their header, are not recognised',
  ],
  recognisedOnly:
    'the tool that writes it comes with the maker’s SDK only: made by a script; tried on files of two makers, whose CRC holds',
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseTiOad(bytes, at)
    return image && { start: at, end: image.end }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { crc, segments, end } = parseTiOad(bytes, start) as TiOad
  if (crc32Of(bytes, start + CRC_FROM, end - start - CRC_FROM) !== crc) problem('checksum', 'the CRC differs')
  const distinct = distinctPaths()
  for (const { name, image, at, length } of segments) {
    const member = { meta: wrapped(distinct(name, at - start)), content: { at, length } }
    yield image ? asProgram(member) : member
  }
}
