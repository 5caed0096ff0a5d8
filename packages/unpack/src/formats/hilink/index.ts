import type { ContainerFormat } from '../../contract.ts'
import { copyStretch, wrapped } from '../members.ts'
import { decipherHilink } from './cipher.ts'
import { parseHilink } from './parse.ts'

export const hilink: ContainerFormat<null> = {
  kind: 'container',
  name: 'hilink',
  title: 'Hi-Link module firmware (HLK-RM04; with the published key)',
  references: ['OpenWrt firmware-utils, src/mkhilinkfw.c'],
  limits: [
    'it is tried at the start of a file only: nothing in it is plain',
    'there is no checksum of what is encrypted: damage shows in the uImage that comes out',
  ],
  magic: [],
  *candidates(bytes, { start }) {
    if (start === 0 && parseHilink(bytes, 0) !== undefined) yield 0
  },
  carve: false,

  recognise(bytes, at) {
    const length = parseHilink(bytes, at)
    return length === undefined ? undefined : { start: at, end: Math.min(at + length, bytes.size) }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 1, plan: null }],

  read(bytes, { start, end }, _plan, sink) {
    if (parseHilink(bytes, start) !== end - start)
      sink.problem('truncated', 'the image ends within this content', 'uImage')
    sink.file(wrapped('uImage'), end - start, (out) => {
      const content = Buffer.from(out.buffer, out.byteOffset, out.byteLength)
      copyStretch(bytes, start, content)
      decipherHilink(content)
    })
  },
}
