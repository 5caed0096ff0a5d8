import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

const OPEN = [
  {
    id: 'secure-boot-enabled',
    command: 'sunxi-fel readl ADDRESS (the word of the secure bit, by the manual of the processor)',
  },
  {
    id: 'key-digest',
    command: 'sunxi-fel readl ADDRESS (the ROTPK words of the SID, by the manual of the processor)',
  },
] as const

export const TOC0: Scheme = {
  name: 'sunxi',
  it: text('The Allwinner boot image (TOC0)', 'Das Allwinner-Boot-Image (TOC0)'),
  of: text('of the Allwinner boot image (TOC0)', 'des Allwinner-Boot-Images (TOC0)'),
  provisions: provisions(['5.7-1']),
  repeat: 'mkimage -l IMAGE (U-Boot)',
  enforcement:
    'open: the secure bit and the digest of the root key in the fuses of a unit: until it is burnt any key is taken (sunxi-fel readl, at the addresses that the manual of the processor tells)',
  chain: { scheme: 'allwinner-toc0', demand: 'hardware', open: OPEN, form: 'rotpk-sha256' },
}

export const EGON: Scheme = {
  ...TOC0,
  it: text('The Allwinner boot image (eGON)', 'Das Allwinner-Boot-Image (eGON)'),
  of: text('of the Allwinner boot image (eGON)', 'des Allwinner-Boot-Images (eGON)'),
  enforcement: 'open: that a unit as it is sold refuses images of this kind, because its secure bit is burnt',
  chain: { ...TOC0.chain, scheme: 'allwinner-egon' },
}
