import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { concludeAhab } from './conclude.ts'
import { lookAtAhab } from './look.ts'
import { AHAB } from './scheme.ts'

export const ahabCheck: Check = {
  id: 'secure-boot.ahab',
  version: 1,
  title: {
    en: 'Signatures of NXP image containers (AHAB)',
    de: 'Signaturen von NXP-Image-Containern (AHAB)',
  },
  provisions: AHAB.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether a container is signed, whether the signature verifies with the root key that it chooses, and whether its images are those of its digests.',
    de: 'Ob ein Container signiert ist, ob die Signatur mit dem gewählten Wurzelschlüssel stimmt und ob seine Images die seiner Digests sind.',
  },
  cannotShow: {
    en: 'That the lifecycle of the chip is closed and its fuses hold the digest of this table of root keys.',
    de: 'Dass der Lebenszyklus des Chips geschlossen ist und seine Sicherungen den Digest dieser Tabelle von Wurzelschlüsseln halten.',
  },
  states: [
    'boot.ahab.hash-mismatch',
    'boot.ahab.known-key',
    'boot.ahab.private-key',
    'boot.ahab.rollback',
    'boot.ahab.signature',
    'boot.ahab.unsigned',
  ],
  wants: { formats: ['imx-ahab'] },
  needs: ['key.private', 'key.public'],
  gives: ['boot.ahab.container', 'chain.link'],
  look: lookAtAhab,
  conclude: concludeAhab,
}
