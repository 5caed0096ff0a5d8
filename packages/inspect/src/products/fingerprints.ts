import { createHmac } from 'node:crypto'
import type { IndexedSecret } from '@messlatte/model'
import type { ReleaseSecret } from '../secrets/secret.ts'

/**
 * The key under which the sandbox tells secrets of all releases of an index alike. It follows from the key of the index, and nobody gets
 * from it to that key, nor from a fingerprint to a secret: fingerprints are made under the key itself, which no sandbox sees.
 */
export function sandboxKeyOf(indexKey: Uint8Array): string {
  return createHmac('sha256', indexKey).update('messlatte index of secrets: sandbox').digest('hex')
}

/** Tells keys apart. */
export function keyIdOf(indexKey: Uint8Array): string {
  return createHmac('sha256', indexKey).update('messlatte index of secrets: id').digest('hex').slice(0, 16)
}

/** What of a release is worth keeping: not what everybody has anyway, nor that no password is asked for. */
export function indexable(secrets: readonly ReleaseSecret[]): readonly ReleaseSecret[] {
  return secrets.filter(({ form, known }) => form !== 'empty' && !known)
}

export function fingerprintOf({ digest }: ReleaseSecret, indexKey: Uint8Array): string {
  return createHmac('sha256', indexKey)
    .update('messlatte index of secrets: secret')
    .update(digest)
    .digest('hex')
}

/** Secrets of a release as an index keeps them, each once for its place. */
export function indexedSecrets(
  secrets: readonly ReleaseSecret[],
  indexKey: Uint8Array,
): readonly IndexedSecret[] {
  const all = indexable(secrets).map((one) => ({
    fingerprint: fingerprintOf(one, indexKey),
    kind: one.kind,
    subject: one.subject,
    name: one.name,
    path: one.place.path,
  }))
  return [...new Map(all.map((one) => [`${one.fingerprint} ${one.path}`, one])).values()]
}
