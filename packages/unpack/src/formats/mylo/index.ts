import type { ContainerFormat } from '../../contract.ts'
import { announced, distinctPaths, type StoredMember, storedAsIs } from '../members.ts'
import { crcOfMylo, MAGIC, type Mylo, parseMylo } from './parse.ts'

export const mylo: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'mylo',
  title: 'MyLoader image (Compex routers and access points)',
  references: ['OpenWrt firmware-utils, src/myloader.h and src/mkmylofw.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseMylo(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { crc, blocks, end } = parseMylo(bytes, start) as Mylo
    if (end <= bytes.size && crcOfMylo(bytes, start, end) !== crc) problem('checksum', 'the CRC differs')
    const pathOf = distinctPaths()
    for (const [index, { address, content }] of blocks.entries())
      yield announced(bytes, pathOf(`0x${address.toString(16).padStart(8, '0')}`, index), content, problem)
  }),
}
