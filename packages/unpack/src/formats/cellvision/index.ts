import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { type Cellvision, MAGICS, parseCellvision, xorOf } from './parse.ts'

export const cellvision: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'cellvision',
  title: 'Cellvision image (IP cameras and USB servers: D-Link DCS-950, Ovislink, Surecom, TrendNET)',
  references: ['OpenWrt firmware-utils, src/mkcasfw.c'],
  limits: ['found at the start of a file only'],
  magic: MAGICS,
  carve: false,

  recognise(bytes, at) {
    const image = parseCellvision(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    for (const { path, content, sum } of (parseCellvision(bytes, start) as Cellvision).parts) {
      if (content.at + content.length <= bytes.size && xorOf(bytes, content) !== sum)
        problem('checksum', 'the sum differs', path)
      yield announced(bytes, path, content, problem)
    }
  }),
}
