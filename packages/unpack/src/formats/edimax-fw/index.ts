import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs, sumOf } from '../members.ts'
import { type EdimaxFw, MAGIC, masked, parseEdimaxFw } from './parse.ts'

export const edimaxFw: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'edimax-fw',
  title: 'Edimax image with an eDiMaX header (BR-6475nD and other routers)',
  references: ['OpenWrt firmware-utils, src/edimax_fw_header.c'],
  limits: ['found with the mark of the maker only; for others the tool can be told another one'],
  magic: [{ bytes: `${MAGIC}\0`, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const content = parseEdimaxFw(bytes, at)?.content
    return content && { start: at, end: Math.min(content.at + content.length, bytes.size) }
  },

  ...storedAsIs((bytes, { start }, problem) => {
    const { sum, content } = parseEdimaxFw(bytes, start) as EdimaxFw
    const whole = content.at + content.length <= bytes.size
    if (whole && masked(sumOf(bytes, content.at, content.length)) !== sum)
      problem('checksum', 'the sum differs', 'firmware')
    return [announced(bytes, 'firmware', content, problem)]
  }),
}
