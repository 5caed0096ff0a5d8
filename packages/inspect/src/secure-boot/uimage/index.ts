import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { lookAtUImage } from './look.ts'

export const uimageCheck: Check = {
  id: 'secure-boot.uimage',
  version: 1,
  title: { en: 'Legacy U-Boot images', de: 'U-Boot-Images im alten Format' },
  provisions: provisions(['5.7-1']),
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'That a kernel or other boot image is in a format that cannot carry a signature, and whether its checksums match.',
    de: 'Dass ein Kernel oder anderes Boot-Image in einem Format vorliegt, das keine Signatur tragen kann, und ob die Prüfsummen stimmen.',
  },
  cannotShow: {
    en: 'That nothing else verifies it: an earlier stage may check the whole partition.',
    de: 'Dass nichts anderes es prüft: Eine frühere Stufe kann die ganze Partition prüfen.',
  },
  states: ['boot.uimage.unsigned'],
  wants: { formats: ['uimage'] },
  gives: ['chain.link'],
  look: lookAtUImage,
}
