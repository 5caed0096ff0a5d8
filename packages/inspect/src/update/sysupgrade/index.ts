import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeSysupgrade } from './conclude.ts'
import { IMAGES, lookAtSysupgrade } from './look.ts'
import { SYSUPGRADE } from './scheme.ts'

export const sysupgradeCheck: Check = {
  id: 'update.sysupgrade',
  version: 1,
  title: { en: 'Signatures of OpenWrt sysupgrade images', de: 'Signaturen von OpenWrt-Sysupgrade-Abbildern' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether an image is signed, whether the chain of its certificates and the signature verify with a key in /etc/opkg/keys or of the user, and for which devices it is meant.',
    de: 'Ob ein Abbild signiert ist, ob die Kette der Zertifikate und die Signatur mit einem Schlüssel in /etc/opkg/keys oder einem vertrauten stimmen und für welche Geräte es bestimmt ist.',
  },
  cannotShow: {
    en: 'That a unit demands the signature; OpenWrt takes unsigned images unless it is told otherwise.',
    de: 'Dass ein Gerät die Signatur verlangt; OpenWrt nimmt unsignierte Abbilder, wenn nichts anderes eingestellt ist.',
  },
  states: kindsOf(SYSUPGRADE.name).filter((kind) => !/\.(?:revoked|weak)$/.test(kind)),
  wants: { paths: IMAGES },
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client'],
  gives: ['update.sysupgrade', 'chain.link'],
  look: lookAtSysupgrade,
  conclude: concludeSysupgrade,
}
