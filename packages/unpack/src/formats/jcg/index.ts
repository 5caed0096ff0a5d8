import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { type Jcg, MAGIC, parseJcg } from './parse.ts'

export const jcg: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'jcg',
  title: 'JCG image (routers of JCG and those made by it)',
  references: ['OpenWrt firmware-utils, src/jcgimage.c'],
  limits: [
    'contents that are encrypted are shown as they are: how is not public',
    'where the CRC-32 fits nowhere within 16 MiB, all up to the end is taken for the content',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseJcg(bytes, at)
    return image && { start: at, end: image.content.at + image.content.length }
  },

  ...storedAsIs((bytes, { start }, problem) => {
    const { content, crcFits } = parseJcg(bytes, start) as Jcg
    if (!crcFits) problem('checksum', 'the CRC-32 differs', 'firmware')
    return [{ meta: wrapped('firmware'), content }]
  }),
}
