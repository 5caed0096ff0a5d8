import {
  type Certificate,
  type DigestName,
  type PathProblem,
  type PublicKey,
  pathOf,
  type Signed,
  type SignedData,
  type Signer,
} from '@messlatte/bytes'
import type { Json } from '@messlatte/model'
import { type KnownCertificate, type KnownKey, knownCertificate, knownKey } from '../../known-keys/index.ts'
import type { Anchor, LinkSignature } from '../../secure-boot/chain/facts.ts'
import type { SignerKey } from '../../secure-boot/outcome/keys.ts'
import { verifyBy } from '../../secure-boot/outcome/outcome.ts'
import { linkAnchors } from '../../secure-boot/pkcs7/link.ts'
import { namedSigner, verifyWith } from '../../secure-boot/pkcs7/verify.ts'
import type { World } from './world.ts'

export type Why = 'no-key' | 'algorithm' | 'encrypted' | 'missing' | 'not-seen' | 'unreadable'

/** What the signature of an update file came to. */
export type Finding =
  | Holds
  | {
      readonly result: 'fails'
      /** `key`: the one that the client is configured with does not verify it. */
      readonly because: 'content' | 'signature' | 'key'
      readonly observed: Json
    }
  | { readonly result: 'unknown'; readonly why: Why }

export interface Holds {
  readonly result: 'holds'
  readonly level: 'E4' | 'E5' | 'E6'
  readonly anchors: readonly Anchor[]
  readonly signature: LinkSignature
  readonly digest: DigestName | undefined
  /** That devices verify with this key is shown by a configuration, or the user says so. */
  readonly sure: boolean
  readonly known: readonly (KnownKey | KnownCertificate)[]
  readonly leaked: boolean
  readonly problems: readonly PathProblem[]
  readonly observed: Json
}

/** The usage that S/MIME checks ask for, which is what OpenSSL does unless it is told otherwise. */
export const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4'
export const ANY_PURPOSE = 'any'
const ORDER = { fails: 0, unknown: 1, holds: 2 } as const

/** All signers of a CMS structure have to hold; the weakest answers. `purpose`: what its certificate has to be for. */
export function verifyCms(
  data: SignedData,
  content: Signed | undefined,
  world: World,
  purpose: string = EMAIL_PROTECTION,
): Finding {
  const found = data.signers.map((signer) => ofSigner(data, signer, content, world, purpose))
  return found.toSorted((a, b) => rank(a) - rank(b))[0] ?? { result: 'unknown', why: 'unreadable' }
}

function rank(finding: Finding): number {
  return ORDER[finding.result] * 10 + (finding.result === 'holds' ? Number(finding.level[1]) : 0)
}

function ofSigner(
  data: SignedData,
  signer: Signer,
  content: Signed | undefined,
  world: World,
  purpose: string,
): Finding {
  const outcome = verifyWith(data, signer, content, world.certificates, world.settings)
  const observed = { signer: namedSigner(data, signer), scheme: signer.scheme?.kind ?? null }
  switch (outcome.result) {
    case 'fails':
      return {
        result: 'fails',
        because: outcome.because === 'content' ? 'content' : 'signature',
        observed,
      }
    case 'unknown': {
      const { because } = outcome
      return {
        result: 'unknown',
        why: because === 'certificate' ? 'no-key' : because === 'content' ? 'missing' : 'algorithm',
      }
    }
    case 'holds': {
      const { path, level, anchors, key } = outcome
      return {
        result: 'holds',
        level,
        anchors: linkAnchors(outcome, world.ring.leaked),
        signature: signatureOf(key, signer.scheme?.kind === 'rsa-pss' ? 'pss' : 'pkcs1'),
        digest: signer.digest,
        sure: level === 'E6' || anchors.some(({ place }) => world.isNamed(place)),
        known: path.flatMap((one) => knownCertificate(one.sha256) ?? knownKey(one.spkiSha256) ?? []),
        leaked: path.some(({ spkiSha256 }) => world.ring.leaked.has(spkiSha256)),
        problems: problemsOf(path, data, world, purpose),
        observed: {
          ...observed,
          path: path.map(observedCertificate),
          anchors: anchors.map(({ place }) => place.path),
          trusted: outcome.trusted ?? null,
        },
      }
    }
  }
}

function problemsOf(
  path: readonly Certificate[],
  data: SignedData,
  world: World,
  purpose: string,
): readonly PathProblem[] {
  const [first] = path
  const last = path.at(-1)
  if (!first || !last) return []
  const lists = [...data.lists, ...world.lists]
  return pathOf(first, {
    anchors: [last],
    others: path,
    ...(purpose === ANY_PURPOSE ? {} : { purpose }),
    ...(lists.length > 0 ? { lists } : {}),
  }).problems
}

function observedCertificate(one: Certificate): Json {
  return {
    subject: one.subject.text,
    sha256: one.sha256,
    spkiSha256: one.spkiSha256,
    notBefore: one.notBefore,
    notAfter: one.notAfter,
    keyUsage: one.keyUsage ?? null,
    extendedKeyUsage: one.extendedKeyUsage ?? null,
  }
}

/** A signature that names no key: all keys at hand are tried. */
export function verifyRaw(
  world: World,
  digest: DigestName | undefined,
  padding: 'pkcs1' | 'pss',
  holds: (key: PublicKey) => boolean | undefined,
  fits: (key: PublicKey) => boolean,
): Finding {
  const outcome = verifyBy(world.ring, world.keys, fits, (key) => holds(key) === true)
  switch (outcome.result) {
    case 'not-verified':
      return { result: 'unknown', why: 'no-key' }
    case 'refused': {
      const { keys } = outcome
      // A key that nothing ties to updates may be there for something else.
      return keys.some(({ origin, sure }) => origin === 'trusted' || sure)
        ? { result: 'fails', because: 'key', observed: { keys: keys.map(observedKey) } }
        : { result: 'unknown', why: 'no-key' }
    }
    case 'verified':
      return ofKeys(outcome.keys, world, digest, padding)
  }
}

function ofKeys(
  all: readonly SignerKey[],
  world: World,
  digest: DigestName | undefined,
  padding: 'pkcs1' | 'pss',
): Finding {
  const has = (origin: SignerKey['origin']) => all.some((key) => key.origin === origin)
  const level = has('trusted') ? 'E6' : has('earlier') ? 'E5' : 'E4'
  const keys = all.filter(
    ({ origin }) => level === 'E4' || origin === (level === 'E6' ? 'trusted' : 'earlier'),
  )
  const [first] = keys
  const key =
    first &&
    [...world.ring.trusted, ...world.keys].find((one) => one.key.spkiSha256 === first.spkiSha256)?.key
  return {
    result: 'holds',
    level,
    anchors: keys.map(anchorOf),
    signature: key ? signatureOf(key, padding) : { type: 'other', name: 'raw' },
    digest,
    sure: level === 'E6' || keys.some(({ sure }) => sure),
    known: keys.flatMap(({ known }) => known ?? []),
    leaked: keys.some(({ leaked }) => leaked),
    problems: [],
    observed: { keys: keys.map(observedKey) },
  }
}

function observedKey({ origin, from, spkiSha256 }: SignerKey): Json {
  return { origin, from, spkiSha256 }
}

export function anchorOf({ origin, from, place, spkiSha256, known, leaked }: SignerKey): Anchor {
  const lies: Anchor['lies'] =
    origin === 'trusted'
      ? { in: 'trusted', name: from }
      : origin === 'earlier' && place
        ? { in: 'release', place }
        : { in: 'travelling' }
  return {
    fingerprints: [{ form: 'spki-sha256', value: spkiSha256 }],
    name: from,
    lies,
    ...(known ? { everybody: known.id } : {}),
    ...(leaked ? { leaked } : {}),
  }
}

export function signatureOf(key: PublicKey, padding: 'pkcs1' | 'pss'): LinkSignature {
  switch (key.type) {
    case 'rsa':
      return { type: 'rsa', bits: key.bits, padding }
    case 'ec':
      return { type: 'ecdsa', curve: key.curve }
    case 'ed25519':
      return { type: 'ed25519' }
  }
}

/** Of a chain of two RSA keys the shorter one: whoever breaks that needs not the other. */
export function weakerOf(signature: LinkSignature, key: PublicKey): LinkSignature {
  const isShorter = key.type === 'rsa' && signature.type === 'rsa' && key.bits < signature.bits
  return isShorter ? signatureOf(key, 'pkcs1') : signature
}
