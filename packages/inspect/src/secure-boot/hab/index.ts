import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { concludeHab } from './conclude.ts'
import { lookAtHab } from './look.ts'
import { HAB } from './scheme.ts'

export const habCheck: Check = {
  id: 'secure-boot.hab',
  version: 2,
  title: { en: 'Signatures of NXP boot images (HAB)', de: 'Signaturen von NXP-Boot-Images (HAB)' },
  provisions: HAB.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether what the ROM loads is signed, whether commands and image verify up to the root key, what of the image no signature covers, and what the commands leave unlocked.',
    de: 'Ob signiert ist, was das ROM lädt, ob Kommandos und Image bis zum Wurzelschlüssel stimmen, was vom Image keine Signatur abdeckt und was die Kommandos entsperrt lassen.',
  },
  cannotShow: {
    en: 'That the chip is closed and its fuses hold the digest of this table of root keys: until then images with any key, or none, are started.',
    de: 'Dass der Chip geschlossen ist und seine Sicherungen den Digest dieser Tabelle von Wurzelschlüsseln halten: Bis dahin starten Images mit jedem Schlüssel oder keinem.',
  },
  states: [
    'boot.hab.known-key',
    'boot.hab.not-covered',
    'boot.hab.private-key',
    'boot.hab.rollback',
    'boot.hab.signature',
    'boot.hab.unlock',
    'boot.hab.unsigned',
  ],
  wants: { formats: ['imx-hab'] },
  needs: ['key.private', 'key.public'],
  gives: ['boot.hab.image', 'chain.link'],
  look: lookAtHab,
  conclude: concludeHab,
}
