import { type CurveName, ecSpki, type PublicKey, readPublicKey, recoverKeys } from '@messlatte/bytes'
import type { Facts, Place, Settings } from '../../contract.ts'
import { type KnownKey, knownKey } from '../../known-keys/index.ts'

/** A key under which a signature holds, or ought to. */
export interface SignerKey {
  /**
   * `trusted` by the user, of an `earlier` stage of the release, or `travelling` with what it verifies. `computed` from the
   * signature itself, and known from elsewhere.
   */
  readonly origin: 'trusted' | 'earlier' | 'travelling' | 'computed'
  /** The user's name for it, or a nest path. */
  readonly from: string
  readonly spkiSha256: string
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** Of the key, where it is one of an earlier stage. */
  readonly place: Place | undefined
  /** Digests (hex) of the key as fuses of the scheme hold it. */
  readonly digests: readonly string[]
  /** That the earlier stage verifies with it is shown, not only likely. */
  readonly sure: boolean
  readonly known: KnownKey | undefined
  /** Its private half lies in the release. */
  readonly leaked: boolean
}

/** What is known about keys in one run. */
export interface KeyRing {
  readonly trusted: readonly { readonly name: string; readonly key: PublicKey }[]
  readonly trustedDigests: readonly string[]
  /** Fingerprints of keys whose private half lies in the release. */
  readonly leaked: ReadonlySet<string>
  /** Where public keys lie that stand in files of their own, by fingerprint. */
  readonly beside: ReadonlyMap<string, string>
}

export interface Candidate {
  readonly key: PublicKey
  readonly origin: 'earlier' | 'travelling'
  readonly from: string
  /** Of the key; wanted of one of an earlier stage. */
  readonly place?: Place
  readonly sure?: boolean
  /** Digests (hex) of the key as fuses of this scheme hold it. */
  readonly digests?: readonly string[]
}

/** Keys beyond these are not tried. */
const MAX_TRIED = 64

export function keyRing(facts: Facts, { trusted, trustedDigests }: Settings): KeyRing {
  return {
    trusted: trusted.flatMap(({ name, spki }) => {
      const key = readPublicKey(spki)
      return key ? [{ name, key }] : []
    }),
    trustedDigests,
    leaked: new Set(
      facts.of('key.private').flatMap(({ data }) => (data.sample === undefined ? [data.spkiSha256] : [])),
    ),
    beside: new Map(facts.of('key.public').map(({ data, place }) => [data.spkiSha256, place.path])),
  }
}

export function trusts({ trusted, trustedDigests }: KeyRing): boolean {
  return trusted.length + trustedDigests.length > 0
}

/** What is known about a candidate: the user trusts it by the key, by its fingerprint, or by the digest in the fuses. */
export function signerKey(
  ring: KeyRing,
  { key, origin, from, place, sure = false, digests = [] }: Candidate,
): SignerKey {
  const { spkiSha256 } = key
  const named = ring.trusted.find((one) => one.key.spkiSha256 === spkiSha256)?.name
  const byDigest = [spkiSha256, ...digests].some((digest) => ring.trustedDigests.includes(digest))
  return {
    origin: named !== undefined || byDigest ? 'trusted' : origin,
    from: named ?? from,
    spkiSha256,
    spki: key.spki,
    place,
    digests,
    sure,
    known: knownKey(spkiSha256),
    leaked: ring.leaked.has(spkiSha256),
  }
}

/** The keys to try: those that the user trusts, then the candidates, each once. */
export function keysToTry(
  ring: KeyRing,
  candidates: readonly Candidate[],
  fits: (key: PublicKey) => boolean,
): readonly { readonly key: PublicKey; readonly signer: SignerKey }[] {
  const trusted = ring.trusted.map(({ name, key }): Candidate => ({ key, origin: 'travelling', from: name }))
  const tried = new Map<string, { readonly key: PublicKey; readonly signer: SignerKey }>()
  for (const one of [...trusted, ...candidates]) {
    const { key } = one
    if (fits(key) && !tried.has(key.spkiSha256) && tried.size < MAX_TRIED)
      tried.set(key.spkiSha256, { key, signer: signerKey(ring, one) })
  }
  return [...tried.values()]
}

/**
 * The keys that an ECDSA signature leads to, as far as somebody knows them: the user by a digest, everybody, or the release
 * by a file that holds the public or the private half. `digestsOf` gives the forms in which fuses hold a point.
 */
export function computedKeys(
  ring: KeyRing,
  curve: CurveName,
  signature: Uint8Array,
  digest: Uint8Array,
  digestsOf: (point: Uint8Array) => readonly string[] = () => [],
): readonly SignerKey[] {
  return recoverKeys(curve, signature, digest).flatMap((point): readonly SignerKey[] => {
    const key = readPublicKey(ecSpki(curve, point))
    if (!key) return []
    const from = ring.beside.get(key.spkiSha256)
    const one = signerKey(ring, {
      key,
      origin: 'travelling',
      from: from ?? 'computed from the signature',
      digests: digestsOf(point),
    })
    const recognised = one.origin === 'trusted' || one.known || one.leaked || from !== undefined
    if (!recognised) return []
    return [one.origin === 'travelling' && from === undefined ? { ...one, origin: 'computed' } : one]
  })
}
