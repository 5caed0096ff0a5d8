import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeIntegrity } from './conclude.ts'
import { ATTRIBUTES, lookAtIntegrity, POLICY } from './look.ts'

export const linuxIntegrityCheck: Check = {
  id: 'secure-boot.linux-integrity',
  version: 2,
  title: {
    en: 'Integrity attributes of files (IMA, EVM)',
    de: 'Integritätsattribute von Dateien (IMA, EVM)',
  },
  provisions: provisions(['5.7-1']),
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Which files carry hashes or signatures for IMA, whether they hold over the content, and with which keys.',
    de: 'Welche Dateien Hashes oder Signaturen für IMA tragen, ob sie für den Inhalt gelten und mit welchen Schlüsseln.',
  },
  cannotShow: {
    en: 'That the kernel of a unit appraises them, and what EVM protects with the key of the device.',
    de: 'Dass der Kernel eines Geräts sie prüft und was EVM mit dem Schlüssel des Geräts schützt.',
  },
  states: ['boot.linux.evm', 'boot.linux.ima', 'boot.linux.ima-policy'],
  wants: { xattrs: ATTRIBUTES, paths: [POLICY] },
  needs: ['boot.linux.certificate'],
  gives: ['boot.linux.ima-policy', 'boot.linux.integrity', 'chain.link'],
  look: lookAtIntegrity,
  conclude: concludeIntegrity,
}
