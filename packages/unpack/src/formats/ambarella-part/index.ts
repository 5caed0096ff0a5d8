import type { ContainerFormat } from '../../contract.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { type AmbarellaPart, MAGIC, MAGIC_AT, parsePart } from './parse.ts'

export const ambarellaPart: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ambarella-part',
  title: 'Ambarella firmware partition (cameras)',
  references: ['dji-firmware-tools (github.com/o-gs/dji-firmware-tools), amba_fwpak.py'],
  limits: [
    'the header in front of all partitions, whose length differs from chip to chip, is not read: each partition is found by its own',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const part = parsePart(bytes, at)
    return part && { start: at, end: Math.min(part.content.at + part.content.length, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { content, crc } = parsePart(bytes, start) as AmbarellaPart
    if (content.at + content.length <= bytes.size && crc32Of(bytes, content.at, content.length) !== crc)
      problem('checksum', 'the CRC differs')
    yield announced(bytes, 'partition', content, problem)
  }),
}
