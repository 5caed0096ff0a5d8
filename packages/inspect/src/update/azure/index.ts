import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeAzure } from './conclude.ts'
import { LITERALS, lookAtAzure } from './look.ts'
import { AZURE } from './scheme.ts'

export const azureCheck: Check = {
  id: 'update.azure',
  version: 1,
  title: { en: 'Update manifests of Azure Device Update', de: 'Update-Manifeste von Azure Device Update' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether a manifest is signed, by which chain of keys, and whether the files that are there are those of the manifest.',
    de: 'Ob ein Manifest signiert ist, durch welche Kette von Schlüsseln, und ob vorhandene Dateien die des Manifests sind.',
  },
  cannotShow: {
    en: 'That a unit’s agent has the root key, and none for tests.',
    de: 'Dass der Agent eines Geräts den Wurzelschlüssel hat und keinen zum Testen.',
  },
  states: kindsOf(AZURE.name).filter((kind) => !kind.endsWith('.revoked')),
  wants: { literals: true },
  literals: LITERALS,
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client', 'update.file'],
  gives: ['update.azure', 'chain.link'],
  look: lookAtAzure,
  conclude: concludeAzure,
}
