import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { type EdimaxCsys, MAGIC, parseEdimaxCsys } from './parse.ts'

export const edimaxCsys: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'edimax-csys',
  title: 'Edimax CSYS image (routers, access points and print servers with ADMtek and Realtek chips)',
  references: ['OpenWrt firmware-utils, src/mkcsysimg.c and src/mkedimaximg.c'],
  limits: ['blocks of web pages, whose marks differ from model to model, are not recognised'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseEdimaxCsys(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { content, summed, end } = parseEdimaxCsys(bytes, start) as EdimaxCsys
    if (end <= bytes.size && summed === undefined) problem('checksum', 'the sum differs', 'system')
    yield announced(bytes, 'system', content, problem)
  }),
}
