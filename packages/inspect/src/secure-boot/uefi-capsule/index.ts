import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeCapsules } from './conclude.ts'
import { LITERALS, lookAtCapsules } from './look.ts'

export const uefiCapsuleCheck: Check = {
  id: 'secure-boot.uefi-capsule',
  version: 1,
  title: { en: 'Signatures of UEFI update capsules', de: 'Signaturen von UEFI-Update-Capsules' },
  provisions: provisions(['5.3-2', '5.3-9', '5.3-10']),
  cases: cases('5.3-2-1', '5.3-9-1', '5.3-10-1'),
  input: ['image'],
  canShow: {
    en: 'Whether the payloads of an update capsule are signed, and whether the signatures verify with certificates of firmware in the release or of the user.',
    de: 'Ob die Nutzdaten einer Update-Capsule signiert sind und ob die Signaturen mit Zertifikaten der Firmware oder vertrauten stimmen.',
  },
  cannotShow: {
    en: 'That a unit verifies capsules, and with which keys.',
    de: 'Dass ein Gerät Capsules prüft und mit welchen Schlüsseln.',
  },
  states: ['boot.uefi.capsule', 'boot.uefi.capsule-signer'],
  wants: { formats: ['fdt', 'uefi-capsule'], literals: true },
  literals: LITERALS,
  needs: ['key.private'],
  gives: ['boot.uefi.capsule', 'boot.uefi.capsule-key', 'chain.link'],
  look: lookAtCapsules,
  conclude: concludeCapsules,
}
