import { digest, type PublicKey, readPublicKey, signedMessage, verifies, verifiesPss } from '@messlatte/bytes'
import type { Role, TufFact, TufKey } from './facts.ts'

/** Keys with which a role of metadata is signed, each once. */
export interface Signers {
  readonly keys: readonly PublicKey[]
  readonly threshold: number
  readonly met: boolean
}

/** Which keys of a root's role have signed; TUF specification 1.0.33, sections 4.3 and 5.3.4: distinct keys count. */
export function signersOf(root: TufFact, role: Role, metadata: TufFact): Signers {
  const { keyids = [], threshold = 0 } = root.roles[role] ?? {}
  const message = metadata.message === undefined ? undefined : Buffer.from(metadata.message, 'base64')
  const found = new Map<string, PublicKey>()
  for (const keyid of message ? new Set(keyids) : []) {
    const stored = root.keys.find((key) => key.keyid === keyid)
    const signature = metadata.signatures.find((one) => one.keyid === keyid)
    const key = stored?.spki === undefined ? undefined : readPublicKey(Buffer.from(stored.spki, 'base64'))
    if (!stored || !signature || !key || !message) continue
    if (holds(stored.scheme, key, message, Buffer.from(signature.value, 'base64')))
      found.set(key.spkiSha256, key)
  }
  return { keys: [...found.values()], threshold, met: threshold > 0 && found.size >= threshold }
}

function holds(
  scheme: TufKey['scheme'],
  key: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const signed = signedMessage(message)
  switch (scheme) {
    case 'ed25519':
      return verifies({ kind: 'ed25519' }, key, signed, signature) === true
    case 'rsa-pkcs1':
      return verifies({ kind: 'rsa-pkcs1', digest: 'sha256' }, key, signed, signature) === true
    case 'rsa-pss':
      // Implementations differ in the length of the salt.
      return (
        key.type === 'rsa' &&
        verifiesPss(key.key, signature, digest('sha256', message), { hash: 'sha256', salt: 'any' })
      )
    case 'ecdsa': {
      const name = key.type === 'ec' && key.curve === 'P-384' ? 'sha384' : 'sha256'
      return verifies({ kind: 'ecdsa', digest: name }, key, signed, signature) === true
    }
    case 'other':
      return false
  }
}
