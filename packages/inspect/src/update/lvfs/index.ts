import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeLvfs } from './conclude.ts'
import { CABINET_FILES, lookAtCabinet } from './look.ts'
import { LVFS } from './scheme.ts'

export const lvfsCheck: Check = {
  id: 'update.lvfs',
  version: 1,
  title: { en: 'Signatures of cabinets for fwupd (LVFS)', de: 'Signaturen von Archiven für fwupd (LVFS)' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether firmware and description are signed (OpenPGP, PKCS #7, Ed25519) with what fwupd trusts in the release or the user does.',
    de: 'Ob Firmware und Beschreibung mit dem signiert sind (OpenPGP, PKCS #7, Ed25519), was fwupd in der Firmware oder der Nutzer vertraut.',
  },
  cannotShow: {
    en: 'That a unit demands the signature, and how the device itself verifies the firmware.',
    de: 'Dass ein Gerät die Signatur verlangt und wie das Gerät selbst die Firmware prüft.',
  },
  states: kindsOf(LVFS.name),
  wants: { paths: CABINET_FILES },
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client'],
  gives: ['update.lvfs.file', 'update.lvfs.metainfo', 'update.lvfs.signatures', 'chain.link'],
  look: lookAtCabinet,
  conclude: concludeLvfs,
}
