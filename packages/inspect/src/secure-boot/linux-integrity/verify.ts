import {
  type Certificate,
  type DigestName,
  pathOf,
  readPublicKey,
  type SignatureScheme,
  verifies,
} from '@messlatte/bytes'
import type { SignatureLevel } from '@messlatte/model'
import type { Fact, Facts, Settings } from '../../contract.ts'
import { certificatesOf } from '../linux-modules/verify.ts'
import type { AnchorCertificate } from '../pkcs7/verify.ts'

export type Attribute = Fact<'boot.linux.integrity'>

/** What an attribute comes to. */
export interface IntegrityOutcome {
  readonly level: SignatureLevel
  readonly result: 'holds' | 'fails' | 'no-key' | 'hash-matches' | 'hash-differs' | 'not-verified' | 'broken'
  /** The certificate that it verifies with, or that its key id names. */
  readonly certificate?: Certificate
  readonly anchors: readonly AnchorCertificate[]
  /** The user's name for what is trusted, or its digest. */
  readonly trusted?: string
  readonly keyId?: string
}

/** A certificate by the four bytes that attributes name, with what it leads to. */
interface Candidate {
  readonly certificate: Certificate
  readonly level: 'E4' | 'E5' | 'E6'
  readonly anchors: readonly AnchorCertificate[]
  readonly trusted?: string
}

/** Verifies attributes with the certificates of kernels, of files, and of the user. */
export class Verifier {
  readonly #byKeyId = new Map<string, Candidate[]>()

  constructor(facts: Facts, settings: Settings) {
    const { kernel, files } = certificatesOf(facts)
    const keys = settings.trusted.flatMap(({ name, spki }) => {
      const key = readPublicKey(spki)
      return key ? [{ name, key }] : []
    })
    const anchors = kernel.map(({ certificate }) => certificate)
    for (const certificate of [...anchors, ...files]) {
      const keyId = certificate.subjectKeyId?.slice(-8)
      if (keyId === undefined) continue
      const known = this.#byKeyId.get(keyId) ?? []
      this.#byKeyId.set(keyId, [...known, candidateOf(certificate, kernel, keys, settings.trustedDigests)])
    }
  }

  verify({ data: { value, digests } }: Attribute): IntegrityOutcome {
    switch (value.type) {
      case 'hash':
        return digests.includes(value.hash)
          ? { level: 'E2', result: 'hash-matches', anchors: [] }
          : { level: 'EX', result: 'hash-differs', anchors: [] }
      case 'signature':
        return this.#verifySignature(value, digests)
      case 'broken':
        return { level: 'EX', result: 'broken', anchors: [] }
      case 'hmac':
      case 'other':
        return { level: 'E3', result: 'not-verified', anchors: [] }
    }
  }

  #verifySignature(
    { algorithm, keyId, signature }: Extract<Attribute['data']['value'], { readonly type: 'signature' }>,
    digests: readonly string[],
  ): IntegrityOutcome {
    const candidates = this.#byKeyId.get(keyId) ?? []
    if (candidates.length === 0) return { level: 'E3', result: 'no-key', anchors: [], keyId }
    if (digests.length === 0) return { level: 'E3', result: 'not-verified', anchors: [], keyId }
    for (const { certificate, level, anchors, trusted } of candidates) {
      const { key } = certificate
      if (!key) continue
      const kind = key.type === 'rsa' ? 'rsa-pkcs1' : 'ecdsa'
      const scheme: SignatureScheme = { kind, digest: algorithm as DigestName }
      const holds = (digest: string) => {
        const signed = { message: undefined, digest: () => Buffer.from(digest, 'hex') }
        return verifies(scheme, key, signed, Buffer.from(signature, 'base64')) === true
      }
      if (digests.some(holds))
        return {
          level,
          result: 'holds',
          certificate,
          anchors,
          keyId,
          ...(trusted === undefined ? {} : { trusted }),
        }
    }
    const certificate = candidates[0]?.certificate as Certificate
    return { level: 'EX', result: 'fails', certificate, anchors: [], keyId }
  }
}

/** The kernel takes keys for files only where one that it was built with has signed them. */
function candidateOf(
  certificate: Certificate,
  kernel: readonly AnchorCertificate[],
  keys: readonly { readonly name: string; readonly key: NonNullable<ReturnType<typeof readPublicKey>> }[],
  trustedDigests: readonly string[],
): Candidate {
  const { sha256, spkiSha256 } = certificate
  const digest = [sha256, spkiSha256].find((one) => trustedDigests.includes(one))
  const trusted = digest ?? keys.find(({ key }) => key.spkiSha256 === spkiSha256)?.name
  if (trusted !== undefined) return { certificate, level: 'E6', anchors: [], trusted }
  const path = pathOf(certificate, { anchors: kernel.map((one) => one.certificate), others: [] })
  const last = path.certificates.at(-1)
  const anchors =
    path.ends === 'anchor' ? kernel.filter((one) => one.certificate.sha256 === last?.sha256) : []
  return { certificate, level: anchors.length > 0 ? 'E5' : 'E4', anchors }
}
