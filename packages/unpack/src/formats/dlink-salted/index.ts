import type { ContainerFormat } from '../../contract.ts'
import { decipherStretch } from '../decipher.ts'
import { wrapped } from '../members.ts'
import { SALTED } from '../openssl-salted.ts'
import { parseSalted, type SaltedImage, STARTS } from './parse.ts'

export const dlinkSalted: ContainerFormat<null> = {
  kind: 'container',
  name: 'dlink-salted',
  title: 'D-Link images that openssl encrypted (R36, M36, R95, M95, with published keys)',
  references: ['delink, src/r95.rs'],
  limits: [
    'images whose data lies behind their tree end with the tree',
    'there is no checksum over what is encrypted',
  ],
  magic: STARTS.map((at) => ({ bytes: SALTED, at })),
  carve: true,

  recognise(bytes, at) {
    const image = parseSalted(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 1, plan: null }],

  read(bytes, { start }, _plan, sink) {
    const { from, end, decipher } = parseSalted(bytes, start) as SaltedImage
    const cut = end > bytes.size
    if (cut) sink.problem('truncated', 'the image ends within this content', 'image.fit')
    sink.stream(wrapped('image.fit'), (write) =>
      decipherStretch(bytes, from, Math.min(end, bytes.size), decipher(), !cut, write),
    )
  },
}
