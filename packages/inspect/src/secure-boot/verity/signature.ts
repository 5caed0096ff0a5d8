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
import type { Fact, Facts } from '../../contract.ts'
import type { Candidate, KeyRing } from '../outcome/keys.ts'
import { type Outcome, verifyBy } from '../outcome/outcome.ts'

export type SignedRoot = Fact<'boot.verity.signed-root'>

export interface VerifiedRoot {
  readonly signed: SignedRoot
  readonly outcome: Outcome
  /** Hex: the root hash that it signs; undefined where it is none that the release states. */
  readonly root: string | undefined
  readonly certificates: readonly Certificate[]
}

/** Root hashes that are tried as what is signed. */
const MOST_ROOTS = 64

interface Known {
  readonly certificate: Certificate
  readonly fact: Fact<'boot.verity.certificate'>
}

/**
 * Verifies a signature over a root hash: the kernel wants it detached, over the hash in hexadecimal digits. Structures over
 * anything else are none of ours: undefined.
 */
export function verifyRoot(
  signed: SignedRoot,
  roots: readonly string[],
  facts: Facts,
  ring: KeyRing,
): VerifiedRoot | undefined {
  const data = readOrNone(() => readSignedData(Buffer.from(signed.data.cms, 'base64')))
  if (!data || data.signers.length === 0) return undefined
  const known = facts.of('boot.verity.certificate').flatMap((fact): readonly Known[] => {
    const certificate = readOrNone(() => readCertificate(Buffer.from(fact.data.der, 'base64')))
    return certificate ? [{ certificate, fact }] : []
  })
  const certificates = [...data.certificates, ...known.map(({ certificate }) => certificate)]
  const candidates = candidatesOf(data, known, signed.place.path)
  const tried = roots.slice(0, MOST_ROOTS)
  let root: string | undefined
  const holds = (key: PublicKey) => {
    const found = tried.find((one) => isSignedWith(data, one, key))
    root ??= found
    return found !== undefined
  }
  const meant = candidates.filter(({ key }) => isNamed(data, certificates, key))
  const outcome = verifyBy(ring, candidates, () => true, holds, meant.length > 0)
  return { signed, outcome, root, certificates }
}

/** By the key alone, whichever certificate is named: trust in it is another question. */
function isSignedWith(data: SignedData, root: string, key: PublicKey): boolean {
  const bare = { ...data, certificates: [] }
  const content = signedMessage(Buffer.from(root, 'latin1'))
  return data.signers.some((signer) => verifySigner(bare, signer, content, [], [key]).result === 'holds')
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

function candidatesOf(data: SignedData, known: readonly Known[], path: string): readonly Candidate[] {
  const travelling = data.certificates.flatMap(({ key }): readonly Candidate[] =>
    key ? [{ key, origin: 'travelling', from: path }] : [],
  )
  const beside = known.flatMap(({ certificate: { key }, fact }): readonly Candidate[] => {
    // In an initial RAM disk a keyring is what verifies; in the file system that it is to verify it proves nothing.
    const origin = fact.data.keyring && fact.place.root.endsWith(':cpio') ? 'earlier' : 'travelling'
    return key ? [{ key, origin, from: fact.place.path, place: fact.place }] : []
  })
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
