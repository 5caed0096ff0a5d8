import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeApt } from './conclude.ts'
import { lookAtRepository, REPOSITORY_FILES } from './look.ts'
import { APT } from './scheme.ts'

export const aptCheck: Check = {
  id: 'update.apt',
  version: 1,
  title: { en: 'Signatures of apt repositories', de: 'Signaturen von apt-Repositorien' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether InRelease or Release is signed with a key in a key ring of the release or of the user, and whether indexes and packages that are there are those of the release file.',
    de: 'Ob InRelease oder Release mit einem Schlüssel aus einem Schlüsselbund der Firmware oder einem vertrauten signiert ist und ob vorhandene Indexe und Pakete die der Release-Datei sind.',
  },
  cannotShow: {
    en: 'That a unit demands the signature, and that it refuses older releases.',
    de: 'Dass ein Gerät die Signatur verlangt und ältere Stände abweist.',
  },
  states: kindsOf(APT.name).filter((kind) => !kind.endsWith('.revoked')),
  wants: { paths: REPOSITORY_FILES },
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client'],
  gives: ['update.apt.file', 'update.apt.release', 'update.apt.signature', 'chain.link'],
  look: lookAtRepository,
  conclude: concludeApt,
}
