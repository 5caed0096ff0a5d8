import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, type NecAterm, parseNecAterm, sumHolds } from './parse.ts'

export const necAterm: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'nec-aterm',
  title: 'NEC Aterm image (USB ATERMWL3050: update of the boot loader by USB)',
  references: ['OpenWrt firmware-utils, src/nec-usbatermfw.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseNecAterm(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    for (const [index, block] of (parseNecAterm(bytes, start) as NecAterm).blocks.entries()) {
      const path = `block-${index}`
      const { content } = block
      if (content.at + content.length <= bytes.size && !sumHolds(bytes, block))
        problem('checksum', 'the sum differs', path)
      if (content.length > 0) yield announced(bytes, path, content, problem)
    }
  }),
}
