import type { PublicKey } from '../signatures/public-key.ts'
import { type Signed, signedMessage, verifies } from '../signatures/verify.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { SignedData } from './signed-data.ts'
import type { Signer } from './signer.ts'

/** What verifying one signer came to. Trust in the certificate is another question: see `pathOf`. */
export type SignerOutcome =
  | {
      readonly result: 'holds'
      /** Whose signature it is; without a certificate where a bare key was given that verifies. */
      readonly certificate: Certificate | undefined
      readonly key: PublicKey
    }
  | {
      readonly result: 'fails'
      /**
       * `content` the content has another digest than the one that was signed · `signature` the signature does not hold with
       * the certificate that it names · `attributes` signed attributes contradict the structure, or a needed one is missing
       */
      readonly because: 'content' | 'signature' | 'attributes'
      readonly certificate: Certificate | undefined
    }
  | {
      readonly result: 'unknown'
      /**
       * `certificate` the one that it names is not at hand · `algorithm` none that is verified here · `key` of a kind that
       * does not fit the algorithm · `content` what was signed is not at hand
       */
      readonly because: 'certificate' | 'algorithm' | 'key' | 'content'
    }

/**
 * Verifies one signer: its digest of the content, its attributes, and its signature. RFC 5652, section 5.6.
 * @param content what was signed; undefined takes what travels along
 * @param others certificates that may be meant, beside those that travel along
 * @param keys bare keys, tried where no certificate that is named is at hand
 */
export function verifySigner(
  data: SignedData,
  signer: Signer,
  content?: Signed,
  others: readonly Certificate[] = [],
  keys: readonly PublicKey[] = [],
): SignerOutcome {
  const signed = content ?? (data.content && signedMessage(data.content))
  const certificate = [...data.certificates, ...others].find((one) => isMeant(signer, one))
  const { scheme, digest } = signer
  if (!scheme || !digest) return { result: 'unknown', because: 'algorithm' }
  const bound = signedBytes(data, signer, signed)
  if ('because' in bound) return bound.result === 'fails' ? { ...bound, certificate } : bound
  if (!certificate) return withKeys(signer, bound.signed, keys)
  if (!certificate.key) return { result: 'unknown', because: 'key' }
  const holds = verifies(scheme, certificate.key, bound.signed, signer.signature)
  if (holds === undefined) return { result: 'unknown', because: 'key' }
  return holds
    ? { result: 'holds', certificate, key: certificate.key }
    : { result: 'fails', because: 'signature', certificate }
}

export function isMeant({ id }: Signer, certificate: Certificate): boolean {
  if ('subjectKeyId' in id) return certificate.subjectKeyId === id.subjectKeyId
  return certificate.serial === id.serial && Buffer.from(certificate.issuer.der).equals(id.issuer.der)
}

type Bound =
  | { readonly signed: Signed }
  | { readonly result: 'fails'; readonly because: 'content' | 'attributes' }
  | { readonly result: 'unknown'; readonly because: 'content' }

/** What the signature is made over: the attributes, which hold the digest of the content, or the content itself. */
function signedBytes(data: SignedData, signer: Signer, content: Signed | undefined): Bound {
  const { signedAttributes: attributes, digest, scheme } = signer
  if (!attributes) {
    // Without attributes the algorithm's own digest is made over the content.
    const enough = scheme?.kind === 'ed25519' ? content?.message : scheme && content?.digest(scheme.digest)
    // RFC 5652, section 5.3: anything but plain data needs them. PKCS #7 does not, and Authenticode has them.
    return content && enough ? { signed: content } : { result: 'unknown', because: 'content' }
  }
  const { contentType, messageDigest, message } = attributes
  if (!messageDigest || contentType !== data.contentType) return { result: 'fails', because: 'attributes' }
  const found = digest && content?.digest(digest)
  if (!found) return { result: 'unknown', because: 'content' }
  return Buffer.from(found).equals(messageDigest)
    ? { signed: signedMessage(message) }
    : { result: 'fails', because: 'content' }
}

function withKeys({ scheme, signature }: Signer, signed: Signed, keys: readonly PublicKey[]): SignerOutcome {
  const key = scheme && keys.find((one) => verifies(scheme, one, signed, signature))
  return key
    ? { result: 'holds', certificate: undefined, key }
    : { result: 'unknown', because: 'certificate' }
}
