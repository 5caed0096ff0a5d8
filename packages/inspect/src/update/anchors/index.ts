import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { KEY_RINGS, LITERALS, lookForAnchors } from './look.ts'

export const anchorsCheck: Check = {
  id: 'update.anchors',
  version: 1,
  title: {
    en: 'Keys and certificates that updates may be verified with',
    de: 'Schlüssel und Zertifikate, mit denen Updates geprüft werden können',
  },
  provisions: provisions(['5.3-9', '5.3-10']),
  cases: cases('5.3-9-1', '5.3-10-1'),
  input: ['image'],
  canShow: {
    en: 'Which public keys, certificates and revocation lists lie in the release, for the checks of update files.',
    de: 'Welche öffentlichen Schlüssel, Zertifikate und Sperrlisten in der Firmware liegen, für die Prüfungen von Update-Dateien.',
  },
  cannotShow: {
    en: 'That a unit verifies updates with them.',
    de: 'Dass ein Gerät Updates damit prüft.',
  },
  states: [],
  wants: { literals: true, paths: KEY_RINGS },
  literals: LITERALS,
  gives: ['key.public', 'update.anchor'],
  look: lookForAnchors,
}
