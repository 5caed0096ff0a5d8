import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { crcAt, crcOfZcom, MAGIC, parseZcom, type Zcom } from './parse.ts'

export const zcom: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'zcom',
  title: 'Z-Com image (ZCN-1523H outdoor access points)',
  references: ['OpenWrt firmware-utils, src/mkzcfw.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseZcom(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { whole, parts, end } = parseZcom(bytes, start) as Zcom
    if (end <= bytes.size && crcOfZcom(bytes, whole) !== crcAt(bytes, end))
      problem('checksum', 'the CRC of the image differs')
    for (const { path, content, summed } of parts) {
      const behind = summed.at + summed.length
      if (behind + 4 <= bytes.size && crcOfZcom(bytes, summed) !== crcAt(bytes, behind + 4))
        problem('checksum', 'the CRC differs', path)
      yield announced(bytes, path, content, problem)
    }
  }),
}
