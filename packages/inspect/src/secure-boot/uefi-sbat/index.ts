import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeSbat } from './conclude.ts'

export const uefiSbatCheck: Check = {
  id: 'secure-boot.uefi-sbat',
  version: 1,
  title: { en: 'Generations of UEFI programs (SBAT)', de: 'Generationen von UEFI-Programmen (SBAT)' },
  provisions: provisions(['5.3-2', '5.7-1']),
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Which generations of its components a UEFI program states, and whether published revocations ask for newer ones.',
    de: 'Welche Generationen seiner Bestandteile ein UEFI-Programm nennt und ob veröffentlichte Sperren neuere verlangen.',
  },
  cannotShow: {
    en: 'Which level of revocations a unit has.',
    de: 'Welchen Sperrstand ein Gerät hat.',
  },
  states: ['boot.uefi.sbat', 'boot.uefi.sbat-revoked'],
  wants: {},
  needs: ['boot.uefi.image'],
  conclude: concludeSbat,
}
