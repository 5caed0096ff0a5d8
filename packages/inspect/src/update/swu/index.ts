import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeSwu } from './conclude.ts'
import { lookAtSwu } from './look.ts'
import { SWU } from './scheme.ts'

export const swuCheck: Check = {
  id: 'update.swu',
  version: 1,
  title: { en: 'Signatures of SWUpdate images', de: 'Signaturen von SWUpdate-Images' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether a .swu is signed, by what, whether the signature verifies with a key of the release or of the user, and whether every file that it installs is the one that is signed.',
    de: 'Ob eine .swu signiert ist, womit, ob die Signatur mit einem Schlüssel der Firmware oder einem vertrauten stimmt und ob jede installierte Datei die signierte ist.',
  },
  cannotShow: {
    en: 'That a unit refuses images without a signature, and older versions.',
    de: 'Dass ein Gerät Images ohne Signatur und ältere Versionen abweist.',
  },
  states: kindsOf(SWU.name),
  wants: { formats: ['swupdate'] },
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client'],
  gives: ['update.swu', 'chain.link'],
  look: lookAtSwu,
  conclude: concludeSwu,
}
