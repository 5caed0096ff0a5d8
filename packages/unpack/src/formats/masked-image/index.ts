import type { ContainerFormat } from '../../contract.ts'
import { copyStretch, wrapped } from '../members.ts'
import { lengthOf, MASKS, type Mask, MOST, maskAt } from './masks.ts'

export const maskedImage: ContainerFormat<null> = {
  kind: 'container',
  name: 'masked-image',
  title: 'Masked image of NEC, ELECOM, I-O Data and XikeStor (with the published patterns)',
  references: [
    'OpenWrt firmware-utils, src/nec-enc.c, src/xorimage.c and src/nosimg-enc.c',
    'OpenWrt, target/linux/ath79 and ramips, image recipes',
  ],
  limits: [
    'found at the start of a file or content only, and where it begins with a uImage or a SEAMA image',
    'there is no checksum of what is masked: damage shows within',
  ],
  magic: MASKS.map(({ magic }) => ({ bytes: magic, at: 0 })),
  carve: false,

  recognise(bytes, at) {
    const mask = bytes.size - at <= MOST ? maskAt(bytes, at) : undefined
    if (!mask) return undefined
    // More may follow what comes out first, such as a file system: it is masked as well.
    return { start: at, end: at === 0 ? bytes.size : Math.min(bytes.size, at + lengthOf(bytes, at, mask)) }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 1, plan: null }],

  read(bytes, { start, end }, _plan, sink) {
    const mask = maskAt(bytes, start) as Mask
    const { unmask } = mask
    if (end - start < lengthOf(bytes, start, mask))
      sink.problem('truncated', 'the image ends within this content', 'image')
    sink.file(wrapped('image'), end - start, (out) => {
      copyStretch(bytes, start, out)
      unmask(out)
    })
  },
}
