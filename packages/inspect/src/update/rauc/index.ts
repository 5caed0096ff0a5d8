import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeRauc } from './conclude.ts'
import { IMAGES, lookAtRauc } from './look.ts'
import { RAUC } from './scheme.ts'

export const raucCheck: Check = {
  id: 'update.rauc',
  version: 1,
  title: { en: 'Signatures of RAUC bundles', de: 'Signaturen von RAUC-Bundles' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether the signature of a bundle verifies with a certificate of the release or of the user, whether the payload is what is signed (its hash tree is computed again), and what the bundle runs.',
    de: 'Ob die Signatur eines Bundles mit einem Zertifikat der Firmware oder einem vertrauten stimmt, ob der Inhalt der signierte ist (der Hashbaum wird neu berechnet) und was das Bundle ausführt.',
  },
  cannotShow: {
    en: 'That a unit has this keyring, and that it refuses older versions.',
    de: 'Dass ein Gerät diesen Schlüsselbund hat und ältere Versionen abweist.',
  },
  states: kindsOf(RAUC.name),
  wants: { formats: ['rauc-bundle'], paths: [/^manifest\.raucm$/, IMAGES] },
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client'],
  gives: ['update.rauc', 'update.rauc.manifest', 'update.rauc.file', 'chain.link'],
  look: lookAtRauc,
  conclude: concludeRauc,
}
