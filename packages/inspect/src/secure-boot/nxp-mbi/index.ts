import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { concludeNxpMbi } from './conclude.ts'
import { lookAtNxpMbi } from './look.ts'
import { NXP_MBI } from './scheme.ts'

export const nxpMbiCheck: Check = {
  id: 'secure-boot.nxp-mbi',
  version: 1,
  title: {
    en: 'Signatures of NXP master boot images',
    de: 'Signaturen von NXP Master Boot Images',
  },
  provisions: NXP_MBI.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether an image is signed, and whether its signature verifies from the root key on that its table names.',
    de: 'Ob ein Image signiert ist und ob die Signatur vom Wurzelschlüssel an stimmt, den seine Tabelle nennt.',
  },
  cannotShow: {
    en: 'That the chip demands signed images and holds the digest of this table of root keys.',
    de: 'Dass der Chip signierte Images verlangt und den Digest dieser Tabelle von Wurzelschlüsseln hält.',
  },
  states: [
    'boot.nxp-mbi.known-key',
    'boot.nxp-mbi.private-key',
    'boot.nxp-mbi.rollback',
    'boot.nxp-mbi.signature',
    'boot.nxp-mbi.unsigned',
  ],
  wants: { formats: ['nxp-mbi'] },
  needs: ['key.private', 'key.public'],
  gives: ['boot.nxp-mbi.image', 'chain.link'],
  look: lookAtNxpMbi,
  conclude: concludeNxpMbi,
}
