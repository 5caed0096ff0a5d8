import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeFits } from './conclude.ts'
import { lookAtFit } from './look.ts'

export const fitCheck: Check = {
  id: 'secure-boot.fit',
  version: 1,
  title: { en: 'Signatures of U-Boot FIT images', de: 'Signaturen von U-Boot-FIT-Images' },
  provisions: provisions(['5.7-1']),
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether a boot image is signed, whether the signature verifies with a key of an earlier stage or one that you trust, whether it covers all that is started, and whether the boot loader demands it.',
    de: 'Ob ein Boot-Image signiert ist, ob die Signatur mit einem Schlüssel einer früheren Stufe oder einem vertrauten stimmt, ob sie alles abdeckt, was gestartet wird, und ob der Bootloader sie verlangt.',
  },
  cannotShow: {
    en: 'That ROM and fuses of the device enforce it, that the private key is secret, and that older versions are refused: FIT has no version counter.',
    de: 'Dass ROM und Fuses des Geräts es erzwingen, dass der private Schlüssel geheim ist und dass ältere Versionen abgewiesen werden: FIT hat keinen Versionszähler.',
  },
  states: [
    'boot.fit.hash-mismatch',
    'boot.fit.hashed-nodes-differ',
    'boot.fit.image-signature-only',
    'boot.fit.key-not-required',
    'boot.fit.known-key',
    'boot.fit.private-key',
    'boot.fit.required-key',
    'boot.fit.signature',
    'boot.fit.unsigned',
    'boot.fit.weak-hash',
  ],
  wants: { formats: ['fit', 'fdt'] },
  needs: ['key.private'],
  gives: ['boot.fit', 'boot.control', 'chain.link'],
  look: lookAtFit,
  conclude: concludeFits,
}
