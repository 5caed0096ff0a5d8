import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { digestOf, LENGTH, LENGTH_AT, NUMBERS, type Planex, parsePlanex } from './parse.ts'

export const planex: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'planex',
  title: 'Planex image (MZK-W04NU and MZK-W300NH)',
  references: ['OpenWrt firmware-utils, src/mkplanexfw.c'],
  limits: ['found at the start of a file only'],
  magic: [{ bytes: LENGTH, at: LENGTH_AT }],
  carve: false,

  recognise(bytes, at) {
    const image = parsePlanex(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { digest, content, end } = parsePlanex(bytes, start) as Planex
    if (end <= bytes.size && !NUMBERS.some((number) => digestOf(bytes, content, number) === digest))
      problem('checksum', 'the SHA-1 differs', 'image')
    yield announced(bytes, 'image', content, problem)
  }),
}
