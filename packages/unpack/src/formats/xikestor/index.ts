import type { ContainerFormat } from '../../contract.ts'
import { copyStretch, crc32Of, wrapped } from '../members.ts'
import { MAGIC, parseXikestor, plainLzma, type Xikestor } from './parse.ts'

export const xikestor: ContainerFormat<null> = {
  kind: 'container',
  name: 'xikestor',
  title: 'XikeStor image (SKS7300 switches: LZMA in disguise)',
  references: ['OpenWrt firmware-utils, src/sks7300-img.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseXikestor(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 1, plan: null }],

  read(bytes, { start }, _plan, sink) {
    const { crc, content, end } = parseXikestor(bytes, start) as Xikestor
    const path = 'kernel.lzma'
    if (end > bytes.size) sink.problem('truncated', 'the image ends within this content', path)
    else if (crc32Of(bytes, content.at, content.length) !== crc)
      sink.problem('checksum', 'the CRC differs', path)
    const disguised = Buffer.alloc(Math.min(end, bytes.size) - content.at)
    copyStretch(bytes, content.at, disguised)
    const plain = plainLzma(disguised)
    sink.file(wrapped(path), plain.length, (out) => out.set(plain))
  },
}
