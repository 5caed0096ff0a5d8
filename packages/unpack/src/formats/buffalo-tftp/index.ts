import type { ContainerFormat } from '../../contract.ts'
import { BRAND_AT, parseBuffaloTag } from '../buffalo-tag/parse.ts'
import { copyStretch, wrapped } from '../members.ts'
import { exchanged, MAGIC, plainBytes } from './alphabet.ts'

export const buffaloTftp: ContainerFormat<null> = {
  kind: 'container',
  name: 'buffalo-tftp',
  title: 'Buffalo image for the boot loader’s TFTP server (letters exchanged, with the published alphabet)',
  references: ['OpenWrt firmware-utils, src/buffalo-tftp.c'],
  limits: ['found at the start of a file only, and where it begins with a tag with the brand BUFFALO'],
  magic: [{ bytes: MAGIC, at: BRAND_AT }],
  carve: false,

  recognise(bytes, at) {
    const start = plainBytes(bytes, at)
    const tag = start && parseBuffaloTag(start, 0)
    return tag && { start: at, end: Math.min(at + tag.end, bytes.size) }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 1, plan: null }],

  read(bytes, { start, end }, _plan, sink) {
    const head = plainBytes(bytes, start)
    const told = (head && parseBuffaloTag(head, 0)?.end) ?? 0
    if (end - start < told) sink.problem('truncated', 'the image ends within this content', 'image')
    sink.file(wrapped('image'), end - start, (out) => {
      copyStretch(bytes, start, out)
      exchanged(out)
    })
  },
}
