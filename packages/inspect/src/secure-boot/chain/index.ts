import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeChains } from './conclude.ts'
import { FIRST_PROGRAMS, lookForParts, REGION_FORMATS } from './look.ts'

export const chainCheck: Check = {
  id: 'secure-boot.chain',
  version: 1,
  title: { en: 'The chain of secure boot', de: 'Die Kette des sicheren Startens' },
  provisions: provisions(['5.7-1']),
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Which stage verifies which, from the first that is in the release to the root file system or the application, with which key, and where the chain breaks.',
    de: 'Welche Stufe welche prüft, von der ersten in der Firmware bis zum Root-Dateisystem oder zur Anwendung, mit welchem Schlüssel, und wo die Kette unterbrochen ist.',
  },
  cannotShow: {
    en: 'That ROM and fuses of a device begin it, and what stages verify that are not in the release.',
    de: 'Dass ROM und Fuses eines Geräts sie beginnen, und was Stufen prüfen, die nicht in der Firmware liegen.',
  },
  states: ['boot.chain.absent', 'boot.chain.broken', 'boot.chain.open', 'boot.chain.whole'],
  wants: { formats: REGION_FORMATS, paths: [FIRST_PROGRAMS] },
  needs: ['chain.link', 'chain.unit', 'boot.u-boot'],
  gives: ['chain.region', 'chain.first-program', 'chain.path'],
  look: lookForParts,
  conclude: concludeChains,
}
