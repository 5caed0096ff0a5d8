import { createHash } from 'node:crypto'
import {
  type Certificate,
  type DigestName,
  isBrokenDigest,
  type SignedData,
  type Signer,
} from '@messlatte/bytes'
import type { Fact, Settings } from '../../contract.ts'
import { readPkcs7 } from '../pkcs7/read.ts'
import { type AnchorCertificate, namedSigner, type Outcome, verifyWith } from '../pkcs7/verify.ts'
import type { Revoked } from '../uefi-keys/anchors.ts'
import { type StatedDigest, statedDigest } from './authenticode.ts'
import type { EfiSignature } from './facts.ts'

export type Image = Fact<'boot.uefi.image'>

/** What one signature of an image comes to. */
export interface Verified {
  readonly image: Image
  readonly signature: EfiSignature
  readonly verdict: Verdict
  /** Undefined where the signature cannot be read. */
  readonly stated: StatedDigest | undefined
  readonly signer: string
  readonly signers: number
}

export type Verdict =
  | (Extract<Outcome, { readonly result: 'holds' }> & {
      readonly revokedBy: Fact<'boot.uefi.keys'> | undefined
    })
  /** The image has another digest than the one that was signed. */
  | { readonly result: 'other-bytes' }
  | { readonly result: 'fails'; readonly because: 'content' | 'signature' | 'attributes' }
  | {
      readonly result: 'unknown'
      readonly because: 'certificate' | 'algorithm' | 'key' | 'content' | 'unreadable' | 'cut' | 'kind'
    }

/** Verifies one signature: the digest of the image that it states, itself, and what its certificate leads to. */
export function verifySignature(
  image: Image,
  signature: EfiSignature,
  anchors: readonly AnchorCertificate[],
  revoked: Revoked,
  settings: Settings,
): Verified {
  const data = signature.der === undefined ? undefined : readPkcs7(Buffer.from(signature.der, 'base64'))
  const [signer] = data?.signers ?? []
  const common = { image, signature, signers: data?.signers.length ?? 0 }
  if (!data || !signer) {
    const because = signature.der === undefined ? 'kind' : 'unreadable'
    return { ...common, stated: undefined, signer: '', verdict: { result: 'unknown', because } }
  }
  const stated = statedDigest(data)
  const verdict = judge(image, data, signer, stated, anchors, revoked, settings)
  return { ...common, stated, signer: namedSigner(data, signer), verdict }
}

function judge(
  { data: { digests } }: Image,
  data: SignedData,
  signer: Signer,
  stated: StatedDigest | undefined,
  anchors: readonly AnchorCertificate[],
  revoked: Revoked,
  settings: Settings,
): Verdict {
  if (!stated) return { result: 'unknown', because: 'unreadable' }
  const computed = stated.algorithm && digests[stated.algorithm]
  if (Object.keys(digests).length === 0) return { result: 'unknown', because: 'cut' }
  if (computed === undefined) return { result: 'unknown', because: 'algorithm' }
  if (computed !== stated.value) return { result: 'other-bytes' }
  const outcome = verifyWith(data, signer, undefined, anchors, settings)
  if (outcome.result !== 'holds') return outcome
  return { ...outcome, revokedBy: revocation(digests, outcome.path, revoked) }
}

/** The list that revokes an image by its digest, or a certificate of its path. */
function revocation(
  digests: Readonly<Record<string, string>>,
  path: readonly Certificate[],
  revoked: Revoked,
): Fact<'boot.uefi.keys'> | undefined {
  const byImage = revokedImage(digests, revoked)
  if (byImage) return byImage
  for (const certificate of path) {
    const list = revoked.certificates.get(certificate.sha256) ?? revokedBody(certificate, revoked)
    if (list) return list
  }
  return undefined
}

export function revokedImage(
  digests: Readonly<Record<string, string>>,
  { hashes }: Revoked,
): Fact<'boot.uefi.keys'> | undefined {
  for (const [algorithm, value] of Object.entries(digests)) {
    const list = hashes.get(`image:${algorithm}:${value}`)
    if (list) return list
  }
  return undefined
}

/** Lists hold digests of what of a certificate is signed. */
function revokedBody({ signed }: Certificate, { hashes }: Revoked): Fact<'boot.uefi.keys'> | undefined {
  for (const algorithm of ['sha256', 'sha384', 'sha512'] as const) {
    const value = createHash(algorithm).update(signed.message).digest('hex')
    const list = hashes.get(`certificate:${algorithm}:${value}`)
    if (list) return list
  }
  return undefined
}

export function isWeak(algorithm: DigestName | undefined): boolean {
  return algorithm !== undefined && isBrokenDigest(algorithm)
}
