import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeTuf } from './conclude.ts'
import { lookAtTuf, METADATA } from './look.ts'
import { TUF } from './scheme.ts'

export const tufCheck: Check = {
  id: 'update.tuf',
  version: 1,
  title: { en: 'Metadata of TUF and Uptane', de: 'Metadaten von TUF und Uptane' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether enough keys have signed each role, down to the files that are there, and whether a root of the device or keys of the user vouch for that.',
    de: 'Ob genug Schlüssel jede Rolle signiert haben, bis zu den vorhandenen Dateien, und ob ein Root des Geräts oder vertraute Schlüssel dafür bürgen.',
  },
  cannotShow: {
    en: 'That a unit follows the rules, and that the metadata is the newest one.',
    de: 'Dass ein Gerät die Regeln befolgt und dass die Metadaten die neuesten sind.',
  },
  states: kindsOf(TUF.name).filter((kind) => !/\.(?:revoked|uncovered|unsigned)$/.test(kind)),
  wants: { paths: METADATA },
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client', 'update.file'],
  gives: ['update.tuf', 'chain.link'],
  look: lookAtTuf,
  conclude: concludeTuf,
}
