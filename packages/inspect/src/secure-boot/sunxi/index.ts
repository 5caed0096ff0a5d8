import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { concludeSunxi } from './conclude.ts'
import { lookAtSunxi } from './look.ts'
import { TOC0 } from './scheme.ts'

export const sunxiCheck: Check = {
  id: 'secure-boot.sunxi',
  version: 1,
  title: { en: 'Allwinner boot images', de: 'Allwinner-Boot-Images' },
  provisions: TOC0.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether the boot image is of the kind that can be signed, whether its certificates hold and are for this firmware, and whether the root key is one that you trust.',
    de: 'Ob das Boot-Image von der Art ist, die signiert werden kann, ob seine Zertifikate stimmen und für diese Firmware sind und ob Sie dem Wurzelschlüssel vertrauen.',
  },
  cannotShow: {
    en: 'That the secure bit and the digest of this key are burnt: until then any key is taken, or none.',
    de: 'Dass das Sicherheitsbit und der Digest dieses Schlüssels gebrannt sind: Bis dahin wird jeder Schlüssel genommen oder keiner.',
  },
  states: [
    'boot.sunxi.hash-mismatch',
    'boot.sunxi.known-key',
    'boot.sunxi.private-key',
    'boot.sunxi.signature',
    'boot.sunxi.unsigned',
  ],
  wants: { formats: ['sunxi-egon', 'sunxi-toc0'] },
  needs: ['key.private', 'key.public'],
  gives: ['boot.sunxi.toc0', 'boot.sunxi.egon', 'chain.link'],
  look: lookAtSunxi,
  conclude: concludeSunxi,
}
