import {
  type Certificate,
  DerError,
  isMeant,
  isSignedBy,
  type PublicKey,
  pathOf,
  readCertificate,
  readPublicKey,
  type Signed,
  type SignedData,
  type Signer,
  type SignerOutcome,
  verifySigner,
} from '@messlatte/bytes'
import type { Place, Settings } from '../../contract.ts'

/** A certificate of an earlier stage of the release. */
export interface AnchorCertificate {
  readonly certificate: Certificate
  /** Where it lies. */
  readonly place: Place
  /** What it lies in, for people: `db (default)`. */
  readonly kept: string
}

/** What one signer comes to, with all certificates at hand. */
export type Outcome =
  | {
      readonly result: 'holds'
      readonly level: 'E4' | 'E5' | 'E6'
      /** Undefined where a bare key that the user trusts verifies. */
      readonly signer: Certificate | undefined
      readonly key: PublicKey
      /** From the signer's to the one that is trusted, or as far as it goes. */
      readonly path: readonly Certificate[]
      /** Those of the release in which the path ends. */
      readonly anchors: readonly AnchorCertificate[]
      /** The user's name for what is trusted, or its digest. */
      readonly trusted: string | undefined
    }
  | Exclude<SignerOutcome, { readonly result: 'holds' }>

/**
 * Verifies one signer, and finds the best that its certificate leads to: what the user trusts, then what an earlier stage of
 * the release holds. Certificates in between may travel along or lie in the release. Firmware and kernel look at no dates.
 */
export function verifyWith(
  data: SignedData,
  signer: Signer,
  content: Signed | undefined,
  anchors: readonly AnchorCertificate[],
  { trusted, trustedDigests }: Pick<Settings, 'trusted' | 'trustedDigests'>,
): Outcome {
  const others = anchors.map(({ certificate }) => certificate)
  // They tell whom a signature names also where it fails, which a key alone does not.
  const given = trusted.flatMap((one) => (one.certificate ? readIfSound(one.certificate) : []))
  const keys = trusted.flatMap(({ name, spki }) => {
    const key = readPublicKey(spki)
    return key ? [{ name, key }] : []
  })
  const bare = keys.map(({ key }) => key)
  const outcome = verifySigner(data, signer, content, [...others, ...given], bare)
  if (outcome.result !== 'holds') return outcome
  const { certificate, key } = outcome
  const found = { result: 'holds', signer: certificate, key } as const
  if (!certificate) {
    const name = keys.find((one) => one.key.spkiSha256 === key.spkiSha256)?.name
    return { ...found, level: 'E6', path: [], anchors: [], trusted: name }
  }
  const pool = [...data.certificates, ...others, ...given]
  const known = pool.filter((one) =>
    [one.sha256, one.spkiSha256].some((digest) => trustedDigests.includes(digest)),
  )
  const trustedPath = pathOf(certificate, { anchors: known, trustedKeys: bare, others: pool })
  if (trustedPath.ends === 'anchor') {
    const last = trustedPath.certificates.at(-1) as Certificate
    return { ...found, level: 'E6', path: trustedPath.certificates, anchors: [], trusted: nameOf(last, keys) }
  }
  const path = pathOf(certificate, { anchors: others, others: data.certificates })
  const last = path.certificates.at(-1)
  const ends = path.ends === 'anchor' ? anchors.filter((one) => one.certificate.sha256 === last?.sha256) : []
  const level = ends.length > 0 ? 'E5' : 'E4'
  return { ...found, level, path: path.certificates, anchors: ends, trusted: undefined }
}

/** Node took it for a certificate; what this reader does not take leaves its key. */
function readIfSound(der: Uint8Array): readonly Certificate[] {
  try {
    return [readCertificate(der)]
  } catch (error) {
    if (error instanceof DerError) return []
    throw error
  }
}

/** The path ends at what holds a trusted key, is signed by one, or is trusted by its digest. */
function nameOf(
  { spkiSha256, sha256, signed }: Certificate,
  keys: readonly { readonly name: string; readonly key: PublicKey }[],
): string {
  const meant =
    keys.find(({ key }) => key.spkiSha256 === spkiSha256) ?? keys.find(({ key }) => isSignedBy(signed, key))
  return meant?.name ?? sha256
}

/** A certificate from a fact: it was read when the fact was made. */
export function certificateOf(base64: string): Certificate {
  return readCertificate(Buffer.from(base64, 'base64'))
}

/** Whom a signature names, whether or not the certificate is at hand. */
export function namedSigner(data: SignedData, signer: Signer): string {
  const certificate = data.certificates.find((one) => isMeant(signer, one))
  if (certificate) return certificate.subject.text
  const { id } = signer
  return 'subjectKeyId' in id ? `key ${id.subjectKeyId}` : `serial ${id.serial} of ${id.issuer.text}`
}

/** Digests that were made when the bytes were there. */
export function digested(digests: Readonly<Record<string, string>>): Signed {
  return {
    message: undefined,
    digest(name) {
      const value = digests[name]
      return value === undefined ? undefined : Buffer.from(value, 'hex')
    },
  }
}
