import { isBrokenDigest } from '../signatures/digests.ts'
import type { PublicKey } from '../signatures/public-key.ts'
import { type Certificate, isSignedBy } from './certificate.ts'
import type { RevocationList } from './revocation-list.ts'

/**
 * What stands against a path, whoever is at fault; each is data, and the caller decides what counts. `certificate` is its
 * place in the path, 0 for the signer's.
 */
export interface PathProblem {
  readonly code:
    | 'expired'
    | 'not-yet-valid'
    | 'not-an-authority'
    | 'path-too-long'
    | 'key-usage'
    | 'extended-key-usage'
    | 'unknown-critical'
    | 'broken-digest'
    | 'revoked'
    | 'revocation-unknown'
    | 'revocation-outdated'
  readonly certificate: number
  /** Dotted identifiers, or the time of what happened. */
  readonly detail: string
}

export interface CertificatePath {
  /** From the signer's certificate towards the anchor; every one is signed by the next. */
  readonly certificates: readonly Certificate[]
  /**
   * `anchor` the last one is trusted · `self-signed` it vouches for itself · `no-issuer` none of the certificates has made
   * it · `unverifiable` an issuer is there, but its key or its algorithm is none that is verified here
   */
  readonly ends: 'anchor' | 'self-signed' | 'no-issuer' | 'unverifiable'
  readonly problems: readonly PathProblem[]
}

export interface PathOptions {
  /** Taken as trusted, whether or not they are self-signed. */
  readonly anchors: readonly Certificate[]
  /** Keys that are trusted without a certificate: an anchor is whatever holds one, or is signed by one. */
  readonly trustedKeys?: readonly PublicKey[]
  /** Others that may lie between. */
  readonly others: readonly Certificate[]
  /** Undefined: revocation is not looked at. */
  readonly lists?: readonly RevocationList[]
  /** `2026-01-31T23:59:59Z`; undefined: validity is not looked at. */
  readonly at?: string
  /** An extended key usage (dotted) that the signer's certificate must allow, where it limits them. */
  readonly purpose?: string
}

const MOST_CERTIFICATES = 12
/** Signatures that are verified for one path at most. */
const MOST_TRIES = 200

/** The best path from a certificate: to an anchor if there is one, else the longest. RFC 5280, section 6, without policies and names. */
export function pathOf(certificate: Certificate, options: PathOptions): CertificatePath {
  const search = new PathSearch(options)
  const { certificates, ends } = search.from([certificate])
  return { certificates, ends, problems: problemsOf(certificates, options) }
}

interface Found {
  readonly certificates: readonly Certificate[]
  readonly ends: CertificatePath['ends']
}

class PathSearch {
  readonly #anchors: ReadonlySet<string>
  readonly #keys: readonly PublicKey[]
  readonly #pool: readonly Certificate[]
  #tries = 0

  constructor({ anchors, others, trustedKeys = [] }: PathOptions) {
    this.#keys = trustedKeys
    this.#anchors = new Set(anchors.map(({ sha256 }) => sha256))
    // An anchor that also travels along is the same certificate.
    this.#pool = [...anchors, ...others.filter(({ sha256 }) => !this.#anchors.has(sha256))]
  }

  from(path: readonly Certificate[]): Found {
    const last = path[path.length - 1] as Certificate
    if (this.#isAnchored(last)) return { certificates: path, ends: 'anchor' }
    if (isSelfIssued(last) && isSignedBy(last.signed, last.key))
      return { certificates: path, ends: 'self-signed' }
    let best: Found = { certificates: path, ends: 'no-issuer' }
    if (path.length >= MOST_CERTIFICATES) return best
    for (const issuer of this.#issuersOf(last)) {
      if (path.some(({ sha256 }) => sha256 === issuer.sha256) || this.#tries++ >= MOST_TRIES) continue
      const signed = isSignedBy(last.signed, issuer.key)
      if (signed === undefined && best.ends === 'no-issuer' && best.certificates.length === path.length)
        best = { certificates: path, ends: 'unverifiable' }
      if (!signed) continue
      const found = this.from([...path, issuer])
      if (found.ends === 'anchor') return found
      if (found.certificates.length > best.certificates.length) best = found
    }
    return best
  }

  #isAnchored({ sha256, spkiSha256, signed }: Certificate): boolean {
    if (this.#anchors.has(sha256)) return true
    return this.#keys.some((key) => key.spkiSha256 === spkiSha256 || isSignedBy(signed, key))
  }

  #issuersOf(certificate: Certificate): readonly Certificate[] {
    return this.#pool.filter((one) => Buffer.from(one.subject.der).equals(certificate.issuer.der))
  }
}

export function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return Buffer.from(issuer.der).equals(subject.der)
}

function problemsOf(path: readonly Certificate[], options: PathOptions): readonly PathProblem[] {
  return path.flatMap((certificate, index) => [
    ...(options.at === undefined ? [] : validityProblems(certificate, index, options.at)),
    ...(index === 0 ? signerProblems(certificate, options.purpose) : authorityProblems(certificate, index)),
    ...certificate.unknownCritical.map((detail): PathProblem => problem('unknown-critical', index, detail)),
    ...digestProblems(path, index),
    ...(options.lists === undefined ? [] : revocationProblems(path, index, options.lists, options.at)),
  ])
}

function validityProblems(
  { notBefore, notAfter }: Certificate,
  index: number,
  at: string,
): readonly PathProblem[] {
  if (at > notAfter) return [problem('expired', index, notAfter)]
  return at < notBefore ? [problem('not-yet-valid', index, notBefore)] : []
}

const ANY_PURPOSE = '2.5.29.37.0'

function signerProblems(certificate: Certificate, purpose: string | undefined): readonly PathProblem[] {
  const { keyUsage, extendedKeyUsage } = certificate
  const problems: PathProblem[] = []
  if (keyUsage && !keyUsage.includes('digitalSignature') && !keyUsage.includes('nonRepudiation'))
    problems.push(problem('key-usage', 0, keyUsage.join(' ')))
  if (
    purpose !== undefined &&
    extendedKeyUsage &&
    !extendedKeyUsage.some((one) => one === purpose || one === ANY_PURPOSE)
  )
    problems.push(problem('extended-key-usage', 0, extendedKeyUsage.join(' ')))
  return problems
}

/** Certificates of version 1 say nothing about themselves; RFC 5280 leaves it to the user whether such a one may issue. */
function authorityProblems(
  { basicConstraints, keyUsage }: Certificate,
  index: number,
): readonly PathProblem[] {
  const problems: PathProblem[] = []
  if (!basicConstraints?.authority) problems.push(problem('not-an-authority', index, ''))
  if (keyUsage && !keyUsage.includes('keyCertSign'))
    problems.push(problem('key-usage', index, keyUsage.join(' ')))
  const room = basicConstraints?.pathLength
  // Authorities between this one and the signer.
  if (room !== undefined && index - 1 > room) problems.push(problem('path-too-long', index, String(room)))
  return problems
}

/** The signature on the last one does not matter: it is trusted, or nobody vouches for it. */
function digestProblems(path: readonly Certificate[], index: number): readonly PathProblem[] {
  const { scheme } = (path[index] as Certificate).signed
  if (index === path.length - 1 || !scheme || scheme.kind === 'ed25519' || !isBrokenDigest(scheme.digest))
    return []
  return [problem('broken-digest', index, scheme.digest)]
}

function revocationProblems(
  path: readonly Certificate[],
  index: number,
  lists: readonly RevocationList[],
  at: string | undefined,
): readonly PathProblem[] {
  const [certificate, issuer] = [path[index] as Certificate, path[index + 1]]
  if (!issuer) return []
  const mayRevoke = issuer.keyUsage?.includes('cRLSign') ?? true
  const known = lists.filter(
    (list) =>
      mayRevoke &&
      list.unknownCritical.length === 0 &&
      Buffer.from(list.issuer.der).equals(issuer.subject.der) &&
      isSignedBy(list.signed, issuer.key),
  )
  if (known.length === 0) return [problem('revocation-unknown', index, '')]
  for (const list of known) {
    const when = list.revoked.get(certificate.serial)
    if (when !== undefined) return [problem('revoked', index, when)]
  }
  const until = known
    .map(({ nextUpdate }) => nextUpdate ?? '')
    .sort()
    .at(-1) as string
  return at !== undefined && until !== '' && at > until ? [problem('revocation-outdated', index, until)] : []
}

function problem(code: PathProblem['code'], certificate: number, detail: string): PathProblem {
  return { code, certificate, detail }
}
