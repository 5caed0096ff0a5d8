import {
  type Certificate,
  DerError,
  type PublicKey,
  readCertificate,
  readSignedData,
  type SignedData,
  signedMessage,
  verifySigner,
} from '@messlatte/bytes'
import type { Place } from '../../contract.ts'
import type { Candidate, KeyRing } from '../outcome/keys.ts'
import { type Outcome, verifyBy } from '../outcome/outcome.ts'

/** A certificate of the release, and whether an earlier stage keeps it to verify with. */
export interface KnownCertificate {
  readonly certificate: Certificate
  readonly place: Place
  readonly origin: Candidate['origin']
}

export interface VerifiedDetached {
  readonly outcome: Outcome
  /** Which of the contents is signed; undefined for none of them. */
  readonly content: number | undefined
  readonly certificates: readonly Certificate[]
}

/** Undefined for what has no signer. */
export function readDetached(der: Uint8Array): SignedData | undefined {
  const data = readOrNone(() => readSignedData(der))
  return data && data.signers.length > 0 ? data : undefined
}

/** A certificate, DER; undefined for what is none. */
export function readKnown(der: Uint8Array): Certificate | undefined {
  return readOrNone(() => readCertificate(der))
}

/**
 * Verifies a signature that comes without what it signs, over the first of the contents that fits.
 * @param path nest path of the signature, from which its own certificates come
 */
export function verifyDetached(
  data: SignedData,
  path: string,
  contents: readonly Uint8Array[],
  known: readonly KnownCertificate[],
  ring: KeyRing,
): VerifiedDetached {
  const certificates = [...data.certificates, ...known.map(({ certificate }) => certificate)]
  const candidates = candidatesOf(data, known, path)
  let content: number | undefined
  const holds = (key: PublicKey) => {
    const found = contents.findIndex((one) => isSignedWith(data, one, key))
    if (found >= 0) content ??= found
    return found >= 0
  }
  const meant = candidates.filter(({ key }) => isNamed(data, certificates, key))
  const outcome = verifyBy(ring, candidates, () => true, holds, meant.length > 0)
  return { outcome, content, certificates }
}

/** By the key alone, whichever certificate is named: trust in it is another question. */
function isSignedWith(data: SignedData, content: Uint8Array, key: PublicKey): boolean {
  const bare = { ...data, certificates: [] }
  const message = signedMessage(content)
  return data.signers.some((signer) => verifySigner(bare, signer, message, [], [key]).result === 'holds')
}

function isNamed(data: SignedData, certificates: readonly Certificate[], key: PublicKey): boolean {
  return certificates.some(
    (one) =>
      one.spkiSha256 === key.spkiSha256 &&
      data.signers.some(({ id }) =>
        'subjectKeyId' in id
          ? id.subjectKeyId === one.subjectKeyId
          : id.serial === one.serial && Buffer.from(id.issuer.der).equals(one.issuer.der),
      ),
  )
}

function candidatesOf(
  data: SignedData,
  known: readonly KnownCertificate[],
  path: string,
): readonly Candidate[] {
  const travelling = data.certificates.flatMap(({ key }): readonly Candidate[] =>
    key ? [{ key, origin: 'travelling', from: path }] : [],
  )
  const beside = known.flatMap(({ certificate: { key }, place, origin }): readonly Candidate[] =>
    key ? [{ key, origin, from: place.path, place }] : [],
  )
  return [...beside.filter(({ origin }) => origin === 'earlier'), ...travelling, ...beside]
}

function readOrNone<Result>(read: () => Result): Result | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}
