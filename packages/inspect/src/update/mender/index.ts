import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeMender } from './conclude.ts'
import { HEADER_INFO, lookAtMender } from './look.ts'
import { MENDER } from './scheme.ts'

export const menderCheck: Check = {
  id: 'update.mender',
  version: 1,
  title: { en: 'Signatures of Mender artifacts', de: 'Signaturen von Mender-Artefakten' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether an artifact is signed, whether the signature verifies with a key of the release or of the user, and whether every file that it installs is the one that is signed.',
    de: 'Ob ein Artefakt signiert ist, ob die Signatur mit einem Schlüssel der Firmware oder einem vertrauten stimmt und ob jede installierte Datei die signierte ist.',
  },
  cannotShow: {
    en: 'That a unit has a key to verify artifacts with; without one, clients take unsigned artifacts.',
    de: 'Dass ein Gerät einen Schlüssel zum Prüfen hat; ohne ihn nehmen Clients unsignierte Artefakte.',
  },
  states: kindsOf(MENDER.name).filter((kind) => !kind.endsWith('.revoked')),
  wants: { formats: ['mender'], paths: [HEADER_INFO] },
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client'],
  gives: ['update.mender', 'update.mender.header', 'chain.link'],
  look: lookAtMender,
  conclude: concludeMender,
}
