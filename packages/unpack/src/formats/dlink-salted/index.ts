import type { ContainerFormat } from '../../contract.ts'
import { decipherStretch } from '../decipher.ts'
import { wrapped } from '../members.ts'
import { SALTED } from '../openssl-salted.ts'
import { parseSalted, type SaltedImage, STARTS } from './parse.ts'

const BLOCK = 16

export const dlinkSalted: ContainerFormat<null> = {
  kind: 'container',
  name: 'dlink-salted',
  title: 'D-Link images that openssl encrypted (R36, M36, R95, M95, DAP-1610, with published keys)',
  references: ['delink, src/r95.rs and src/dap1610.rs'],
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
    const { name, from, end, decipher } = parseSalted(bytes, start) as SaltedImage
    const cut = end > bytes.size || (end - from) % BLOCK !== 0
    if (cut) sink.problem('truncated', 'the image ends within this content', name)
    sink.stream(wrapped(name), (write) =>
      decipherStretch(bytes, from, Math.min(end, bytes.size), decipher(), !cut, write),
    )
  },
}
