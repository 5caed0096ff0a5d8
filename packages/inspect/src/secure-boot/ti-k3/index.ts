import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeTiK3 } from './conclude.ts'
import { lookAtTiK3 } from './look.ts'

export const tiK3Check: Check = {
  id: 'secure-boot.ti-k3',
  version: 1,
  title: { en: 'Signatures of TI K3 boot images', de: 'Signaturen von Boot-Images für TI K3' },
  provisions: provisions(['5.3-2', '5.6-4', '5.7-1']),
  cases: cases('5.6-4-1', '5.6-4-2', '5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether the certificate in front of an image verifies with its key, whether the images are those that it names, and whether the key is one that you trust or one that everybody has.',
    de: 'Ob das Zertifikat vor einem Image mit seinem Schlüssel stimmt, ob die Images die genannten sind und ob Sie dem Schlüssel vertrauen oder jeder ihn hat.',
  },
  cannotShow: {
    en: 'That the device demands a certificate, and that its fuses hold the digest of this key.',
    de: 'Dass das Gerät ein Zertifikat verlangt und seine Sicherungen den Digest dieses Schlüssels halten.',
  },
  states: [
    'boot.ti-k3.debug',
    'boot.ti-k3.hash-mismatch',
    'boot.ti-k3.known-key',
    'boot.ti-k3.private-key',
    'boot.ti-k3.rollback',
    'boot.ti-k3.signature',
  ],
  wants: { formats: ['ti-k3'] },
  needs: ['key.private', 'key.public'],
  gives: ['boot.ti-k3.image', 'chain.link'],
  look: lookAtTiK3,
  conclude: concludeTiK3,
}
