import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludePayload } from './conclude.ts'
import { lookAtPayload } from './look.ts'
import { PAYLOAD } from './scheme.ts'

export const payloadCheck: Check = {
  id: 'update.payload',
  version: 1,
  title: { en: 'Signatures of Android updates', de: 'Signaturen von Android-Updates' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether an update for A/B devices (payload.bin) or for a recovery system (signed archive) verifies with a key of the release or of the user.',
    de: 'Ob ein Update für A/B-Geräte (payload.bin) oder für ein Recovery-System (signiertes Archiv) mit einem Schlüssel der Firmware oder einem vertrauten stimmt.',
  },
  cannotShow: {
    en: 'That a unit demands the signature, and that it refuses older versions.',
    de: 'Dass ein Gerät die Signatur verlangt und ältere Versionen abweist.',
  },
  states: kindsOf(PAYLOAD.name),
  wants: { formats: ['android-payload', 'zip'] },
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client'],
  gives: ['update.payload', 'update.payload.archive', 'chain.link'],
  look: lookAtPayload,
  conclude: concludePayload,
}
