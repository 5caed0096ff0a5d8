import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { concludeSilabs } from './conclude.ts'
import { lookAtSilabs, TOKEN } from './look.ts'
import { SILABS } from './scheme.ts'

export const silabsCheck: Check = {
  id: 'secure-boot.silabs',
  version: 2,
  title: {
    en: 'Signatures of Silicon Labs update files',
    de: 'Signaturen von Update-Dateien von Silicon Labs',
  },
  provisions: SILABS.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether a GBL file is signed, by which key and certificate, what the signature covers, and whether the application in it is signed for each start.',
    de: 'Ob eine GBL-Datei signiert ist, mit welchem Schlüssel und Zertifikat, was die Signatur abdeckt und ob die Anwendung darin für jeden Start signiert ist.',
  },
  cannotShow: {
    en: 'Which key lies in the chip, that the boot loader requires signatures, and that the debug port is locked.',
    de: 'Welcher Schlüssel im Chip liegt, dass der Bootloader Signaturen verlangt und dass die Debug-Schnittstelle gesperrt ist.',
  },
  states: [
    'boot.silabs.encrypted',
    'boot.silabs.known-key',
    'boot.silabs.not-covered',
    'boot.silabs.private-key',
    'boot.silabs.rollback',
    'boot.silabs.signature',
    'boot.silabs.unsigned',
  ],
  wants: { formats: ['gbl', 'ebl'], literals: true },
  literals: [TOKEN],
  needs: ['key.private', 'key.public'],
  gives: ['boot.silabs.file', 'boot.silabs.token', 'chain.link'],
  look: lookAtSilabs,
  conclude: concludeSilabs,
}
