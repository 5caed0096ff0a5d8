import type { ContainerFormat } from '../../contract.ts'
import { announced, distinctPaths, type StoredMember, storedAsIs } from '../members.ts'
import { type Amit, amitSum, MAGIC_AT, MAGICS, parseAmit } from './parse.ts'

export const amit: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'amit',
  title: 'AMIT image (routers of Conceptronic, LevelOne, SMC, Pearl and others)',
  references: ['OpenWrt firmware-utils, src/makeamitbin.c'],
  limits: [],
  magic: MAGICS.map((bytes) => ({ bytes, at: MAGIC_AT })),
  carve: true,

  recognise(bytes, at) {
    const image = parseAmit(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const pathOf = distinctPaths()
    for (const [index, { address, content, sum }] of (parseAmit(bytes, start) as Amit).blocks.entries()) {
      const path = pathOf(`0x${address.toString(16).padStart(8, '0')}`, index)
      if (content.at + content.length <= bytes.size && amitSum(bytes, content) !== sum)
        problem('checksum', 'the sum differs', path)
      yield announced(bytes, path, content, problem)
    }
  }),
}
