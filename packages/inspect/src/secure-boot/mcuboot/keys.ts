import { createHash } from 'node:crypto'
import { type PublicKey, readPublicKey } from '@messlatte/bytes'
import type { Fact, Facts, Settings } from '../../contract.ts'
import { type KnownKey, knownEd25519Keys, knownKey } from '../../known-keys/index.ts'
import { fingerprintsOf, trustedAs } from '../chain/trust.ts'
import { readDer } from './anchors.ts'
import { PUBLISHED_RSA } from './published.ts'

export type Image = Fact<'boot.mcuboot.image'>
export type Anchor = Fact<'boot.mcuboot.key'>

/** A key that a signature may verify with. */
export interface Candidate {
  /**
   * `trusted` by the user, of an `earlier` stage of the release, or `travelling` within an image. `computed`: only its hash
   * travels, and the key was computed from the signature. `published`: known from elsewhere, with its private half.
   */
  readonly origin: 'trusted' | 'earlier' | 'travelling' | 'computed' | 'published'
  /** The user's name for it, a nest path, or where it was published. */
  readonly from: string
  readonly spkiSha256: string
  readonly key: PublicKey
  /** In the DER form that MCUboot hashes. */
  readonly der: Uint8Array
  readonly known: KnownKey | undefined
  /** It lies beside sentences of MCUboot. */
  readonly isLoader: boolean
}

const ED25519_PREFIX = '302a300506032b6570032100'
const MAX_CANDIDATES = 128
const HASHES: Readonly<Record<number, string>> = { 64: 'sha256', 96: 'sha384', 128: 'sha512' }

export function candidate(
  key: PublicKey,
  origin: Candidate['origin'],
  from: string,
  isLoader = false,
): Candidate {
  const der = key.type === 'rsa' ? key.key.export({ type: 'pkcs1', format: 'der' }) : key.spki
  return { origin, from, spkiSha256: key.spkiSha256, key, der, known: knownKey(key.spkiSha256), isLoader }
}

/** All keys at hand, those that count most first. */
export function candidatesOf(facts: Facts, { trusted, trustedDigests }: Settings): readonly Candidate[] {
  const stated = trusted.flatMap(({ name, spki }) => {
    const key = readPublicKey(spki)
    return key ? [candidate(key, 'trusted', name)] : []
  })
  const found = facts.of('boot.mcuboot.key').flatMap((anchor) => {
    const key = readPublicKey(Buffer.from(anchor.data.spki, 'base64'))
    if (!key) return []
    const origin = isWithinImage(anchor) ? 'travelling' : 'earlier'
    const one = candidate(key, origin, anchor.place.path, anchor.data.isLoader)
    return [isTrusted(one, trustedDigests) ? { ...one, origin: 'trusted' as const } : one]
  })
  const published = [
    ...knownEd25519Keys().map(({ raw }) => Buffer.from(ED25519_PREFIX + raw, 'hex')),
    ...PUBLISHED_RSA.map((spki) => Buffer.from(spki, 'base64')),
  ].flatMap((spki) => {
    const key = readPublicKey(spki)
    return key ? [candidate(key, 'published', knownKey(key.spkiSha256)?.id ?? '')] : []
  })
  const order: readonly Candidate['origin'][] = ['trusted', 'earlier', 'travelling', 'computed', 'published']
  return [...stated, ...found, ...published]
    .toSorted((a, b) => order.indexOf(a.origin) - order.indexOf(b.origin))
    .slice(0, MAX_CANDIDATES)
}

/** A key inside of something that boot loaders verify vouches for nothing that is started with it. */
export function isWithinImage({ place }: Anchor): boolean {
  return place.path.includes(':mcuboot/')
}

/** By the digest of its DER form, which images name and key tables hold, or of its SubjectPublicKeyInfo. */
export function isTrusted({ key }: Candidate, trustedDigests: readonly string[]): boolean {
  return trustedAs(fingerprintsOf(key.spki), { trusted: [], trustedDigests }).length > 0
}

/** Whether a key TLV means this key: the hash has the length of the image's hash. */
export function isNamed({ der }: Candidate, keyHash: string): boolean {
  const algorithm = HASHES[keyHash.length]
  return algorithm !== undefined && createHash(algorithm).update(der).digest('hex') === keyHash
}

/** The key of a TLV that holds it whole. */
export function keyInTlv(publicKey: string, image: Image): Candidate | undefined {
  const key = readDer(Buffer.from(publicKey, 'base64'))
  return key && candidate(key, 'travelling', image.place.path)
}
