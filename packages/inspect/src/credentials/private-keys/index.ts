import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeKeys } from './conclude.ts'
import { KEY_LITERALS, KEY_NAMES } from './find.ts'
import { lookForKeys } from './look.ts'

export const privateKeysCheck: Check = {
  id: 'credentials.private-keys',
  version: 2,
  title: { en: 'Private keys', de: 'Private Schlüssel' },
  provisions: provisions(['5.4-3', '5.4-4']),
  cases: cases('5.4-3-1', '5.4-3-2', '5.4-4-1'),
  input: ['image'],
  canShow: {
    en: 'That a private key is in the image, in the clear or under a usual passphrase, which certificates and services of the release belong to it, and that it is a published one.',
    de: 'Dass ein privater Schlüssel im Abbild liegt, im Klartext oder unter einer üblichen Passphrase, welche Zertifikate und Dienste der Firmware zu ihm gehören und dass er veröffentlicht ist.',
  },
  cannotShow: {
    en: 'That no key is there: encrypted regions and keys without any structure stay unseen. That keys differ between units: for that, dumps of at least two units are needed.',
    de: 'Dass kein Schlüssel da ist: Verschlüsselte Bereiche und Schlüssel ohne jede Struktur bleiben unsichtbar. Dass Schlüssel je Gerät verschieden sind: Dafür braucht es Speicherabzüge von mindestens zwei Geräten.',
  },
  states: [
    'key.certificate.paired',
    'key.generated',
    'key.marker',
    'key.private',
    'key.private.encrypted',
    'key.private.known',
    'key.public',
  ],
  wants: { paths: [KEY_NAMES], literals: true },
  literals: KEY_LITERALS,
  needs: ['boot.file'],
  gives: ['key.candidate', 'key.encrypted', 'key.marker', 'key.private', 'key.public'],
  look: lookForKeys,
  conclude: concludeKeys,
}
