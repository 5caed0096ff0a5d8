import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { concludeFip } from './conclude.ts'
import { DIGEST_INFO, lookAtFip } from './look.ts'
import { FIP } from './scheme.ts'

export const fipCheck: Check = {
  id: 'secure-boot.fip',
  version: 2,
  title: { en: 'Certificates of TF-A firmware packages', de: 'Zertifikate von TF-A-Firmware-Paketen' },
  provisions: FIP.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether each image of a firmware package has the digest that a certificate states, whether the certificates lead to one root key, and whether that is one that you trust, that an earlier stage carries, or that everybody has.',
    de: 'Ob jedes Image eines Firmware-Pakets den Digest hat, den ein Zertifikat nennt, ob die Zertifikate zu einem Wurzelschlüssel führen und ob das einer ist, dem Sie vertrauen, den eine frühere Stufe trägt oder den jeder hat.',
  },
  cannotShow: {
    en: 'That the fuses of the device hold the digest of the root key, and that its first stage demands it.',
    de: 'Dass die Sicherungen des Geräts den Digest des Wurzelschlüssels halten und dass dessen erste Stufe ihn verlangt.',
  },
  states: [
    'boot.fip.hash-mismatch',
    'boot.fip.known-key',
    'boot.fip.not-covered',
    'boot.fip.private-key',
    'boot.fip.rollback',
    'boot.fip.signature',
    'boot.fip.unsigned',
  ],
  wants: { formats: ['fip'], literals: true },
  literals: [DIGEST_INFO],
  needs: ['key.private', 'key.public'],
  gives: ['boot.fip.package', 'boot.fip.root-digest', 'chain.link'],
  look: lookAtFip,
  conclude: concludeFip,
}
