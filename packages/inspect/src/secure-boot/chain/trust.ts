import { createPublicKey } from 'node:crypto'
import { sha256 } from '@messlatte/bytes'
import type { Settings } from '../../contract.ts'
import type { Fingerprint } from './facts.ts'

/** The digests by which a key is named: of its SubjectPublicKeyInfo (DER), and of the RSAPublicKey of RSA keys. */
export function fingerprintsOf(spki: Uint8Array): readonly Fingerprint[] {
  const own: Fingerprint = { form: 'spki-sha256', value: sha256(spki) }
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    if (key.asymmetricKeyType !== 'rsa') return [own]
    return [own, { form: 'pkcs1-sha256', value: sha256(key.export({ type: 'pkcs1', format: 'der' })) }]
  } catch {
    return [own]
  }
}

/**
 * The user's words (`--trust KEY|DIGEST`) for a key that has these fingerprints; none where nobody trusts it. The one
 * rule for every scheme: the key itself, or any digest by which the scheme or its fuses name it.
 */
export function trustedAs(
  fingerprints: readonly Fingerprint[],
  { trusted, trustedDigests }: Pick<Settings, 'trusted' | 'trustedDigests'>,
): readonly string[] {
  const values = new Set(fingerprints.map(({ value }) => value))
  return [
    ...trusted.filter(({ sha256: digest }) => values.has(digest)).map(({ name }) => name),
    ...trustedDigests.filter((digest) => values.has(digest)),
  ]
}

/** The same, by digests alone. */
export function trustedByDigest(
  digests: readonly string[],
  settings: Pick<Settings, 'trusted' | 'trustedDigests'>,
): readonly string[] {
  return trustedAs(
    digests.map((value) => ({ form: 'spki-sha256', value })),
    settings,
  )
}
