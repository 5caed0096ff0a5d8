import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** An envelope of DSSE v1.0.2 (github.com/secure-systems-lab/dsse, protocol.md and envelope.md). */
export interface Envelope {
  readonly payloadType: string
  /** Base64. */
  readonly payload: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

/** SHA-256 (hex) of the SubjectPublicKeyInfo of a public or private key. */
export function fingerprintOf(key: KeyObject): string {
  const open = key.type === 'private' ? createPublicKey(key) : key
  return createHash('sha256')
    .update(open.export({ format: 'der', type: 'spki' }))
    .digest('hex')
}

/** Ed25519, or ECDSA over the curves of NIST with the digest of their size; undefined for other keys. */
export function digestFor(key: KeyObject): 'sha256' | 'sha384' | 'sha512' | null | undefined {
  if (key.asymmetricKeyType === 'ed25519') return null
  switch (key.asymmetricKeyDetails?.namedCurve) {
    case 'prime256v1':
      return 'sha256'
    case 'secp384r1':
      return 'sha384'
    case 'secp521r1':
      return 'sha512'
    default:
      return undefined
  }
}

/** Signs a payload. The key must be one for which `digestFor` knows the digest. */
export function seal(payloadType: string, payload: string, key: KeyObject): Envelope {
  const body = Buffer.from(payload, 'utf8')
  const sig = sign(digestFor(key) ?? null, preAuthentication(payloadType, body), key).toString('base64')
  return {
    payloadType,
    payload: body.toString('base64'),
    signatures: [{ keyid: fingerprintOf(key), sig }],
  }
}

/** Whether one of the envelope's signatures is of this key; its `keyid` is a hint and decides nothing. */
export function isSealedBy({ payloadType, payload, signatures }: Envelope, key: KeyObject): boolean {
  const digest = digestFor(key)
  if (digest === undefined) return false
  const message = preAuthentication(payloadType, Buffer.from(payload, 'base64'))
  return signatures.some(({ sig }) => verify(digest, message, key, Buffer.from(sig, 'base64')))
}

/** PAE of the protocol: lengths in bytes, so that type and body cannot be moved against each other. */
function preAuthentication(type: string, body: Buffer): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type, 'utf8')} ${type} ${body.length} `
  return Buffer.concat([Buffer.from(head, 'utf8'), body])
}
