import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeFuses } from './conclude.ts'

export const fusesCheck: Check = {
  id: 'secure-boot.fuses',
  version: 1,
  title: { en: 'Read-outs of fuses', de: 'Auslesen von Fuses' },
  provisions: provisions(['5.6-4', '5.7-1']),
  cases: cases('5.6-4-1', '5.7-1-1', '5.7-1-2'),
  input: ['documents'],
  canShow: {
    en: 'What one unit demands by its fuses: whether secure boot is on, whether its key digests are those of the keys that sign this release, and which doors are locked.',
    de: 'Was ein Gerät nach seinen Fuses verlangt: ob Secure Boot an ist, ob seine Schlüssel-Hashes zu den Schlüsseln passen, die diese Firmware signieren, und welche Zugänge gesperrt sind.',
  },
  cannotShow: {
    en: 'That other units are alike, and that the document is genuine.',
    de: 'Dass andere Geräte gleich sind und dass das Dokument echt ist.',
  },
  states: [
    'boot.fuses.debug-open',
    'boot.fuses.enforced',
    'boot.fuses.off',
    'boot.fuses.other-key',
    'boot.fuses.revoked',
    'boot.fuses.state',
  ],
  wants: {},
  needs: ['chain.link'],
  gives: ['chain.unit'],
  conclude: concludeFuses,
}
