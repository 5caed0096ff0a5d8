import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { CORE } from './anchors.ts'
import { concludeOptee } from './conclude.ts'
import { lookAtOptee } from './look.ts'
import { OPTEE } from './scheme.ts'

export const opteeCheck: Check = {
  id: 'secure-boot.optee',
  version: 3,
  title: {
    en: 'Signatures of trusted applications (OP-TEE)',
    de: 'Signaturen von Trusted Applications (OP-TEE)',
  },
  provisions: OPTEE.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether a trusted application verifies with a key that you trust or one in the OP-TEE core of the release, through the keys in between, and whether it is signed with the key that everybody has.',
    de: 'Ob eine Trusted Application mit einem vertrauten Schlüssel oder einem im OP-TEE-Kern der Firmware stimmt, über die Schlüssel dazwischen, und ob sie mit dem Schlüssel signiert ist, den jeder hat.',
  },
  cannotShow: {
    en: 'Which key the OP-TEE core on the device has, and that it refuses older versions.',
    de: 'Welchen Schlüssel der OP-TEE-Kern auf dem Gerät hat und dass er ältere Stände abweist.',
  },
  states: ['boot.optee.known-key', 'boot.optee.private-key', 'boot.optee.rollback', 'boot.optee.signature'],
  wants: { formats: ['optee-ta'], literals: true },
  literals: [CORE],
  needs: ['key.private', 'key.public'],
  gives: ['boot.optee.core', 'boot.optee.ta', 'chain.link'],
  look: lookAtOptee,
  conclude: concludeOptee,
}
