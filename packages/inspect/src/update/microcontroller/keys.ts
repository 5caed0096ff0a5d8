import type { Place } from '../../contract.ts'
import type { PublicKey } from '../mechanism/anchor.ts'

/** A key that lies in firmware, as the words on trust anchors take it. @param spkiSha256 lower-case hex */
export function publicKeyAt(place: Place, algorithm: string, bits: number, spkiSha256: string): PublicKey {
  return {
    kind: 'key.public',
    place,
    data: {
      algorithm,
      bits,
      spkiSha256,
      container: 'spki',
      encoding: 'der',
      name: '',
      certificateSha256: undefined,
    },
  }
}
