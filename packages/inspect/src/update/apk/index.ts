import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeApk } from './conclude.ts'
import { lookAtApk } from './look.ts'
import { APK } from './scheme.ts'

export const apkCheck: Check = {
  id: 'update.apk',
  version: 1,
  title: {
    en: 'Signatures of apk packages and indexes (Alpine, OpenWrt)',
    de: 'Signaturen von apk-Paketen und -Indexen (Alpine, OpenWrt)',
  },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether a package or index of version 2 or 3 is signed with a key in /etc/apk/keys or of the user, and whether its files are the signed ones.',
    de: 'Ob ein Paket oder Index der Version 2 oder 3 mit einem Schlüssel in /etc/apk/keys oder einem vertrauten signiert ist und ob seine Dateien die signierten sind.',
  },
  cannotShow: {
    en: 'That a unit demands the signature (--allow-untrusted), and that it refuses older versions.',
    de: 'Dass ein Gerät die Signatur verlangt (--allow-untrusted) und ältere Versionen abweist.',
  },
  states: kindsOf(APK.name).filter((kind) => !kind.endsWith('.revoked')),
  wants: { formats: ['apk', 'apk-v3'] },
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client'],
  gives: ['update.apk', 'chain.link'],
  look: lookAtApk,
  conclude: concludeApk,
}
