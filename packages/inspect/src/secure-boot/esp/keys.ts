import { ecSpki, readPublicKey, recoverKeys, sha256, verifiesEcdsa } from '@messlatte/bytes'
import type { Fact, Facts, Settings } from '../../contract.ts'
import { type KnownKey, knownKey, knownKeyBy } from '../../known-keys/index.ts'
import { trustedByDigest } from '../chain/trust.ts'
import type { BlockKey, V1Fact } from './facts.ts'

export type Image = Fact<'boot.esp.image'>

/** A key that verifies a signature, and where it comes from. */
export interface KeyUse {
  /** `trusted` by the user, of an `earlier` stage of the release, or `travelling` with what it verifies. */
  readonly origin: 'trusted' | 'earlier' | 'travelling'
  /** The user's name for it, or nest paths. */
  readonly from: readonly string[]
  readonly spkiSha256: string
  /** As fuses hold it; version 2 only. */
  readonly fuseDigest: string | undefined
  readonly known: KnownKey | undefined
}

/** What an image is verified against: all that concludes over one release. */
export interface Context {
  readonly settings: Settings
  readonly loaders: readonly Image[]
  readonly images: readonly Image[]
  /** Digests (SubjectPublicKeyInfo) of keys whose private half lies in the release. */
  readonly leaked: ReadonlySet<string>
}

export function contextOf(facts: Facts, settings: Settings): Context {
  const images = facts.of('boot.esp.image')
  const leaked = facts.of('key.private').flatMap(({ data }) => (data.sample ? [] : [data.spkiSha256]))
  const loaders = images.filter(({ data }) => data.role === 'boot-loader')
  return { settings, images, loaders, leaked: new Set(leaked) }
}

/** Whose key a block was verified with; the key lies in the block, so the question is who else vouches for it. */
export function useOfBlockKey(image: Image, { fuseDigest, spkiSha256 }: BlockKey, context: Context): KeyUse {
  const known = knownKeyBy('espressif', fuseDigest) ?? knownKey(spkiSha256)
  const common = { spkiSha256, fuseDigest, known }
  const trusted = trustedByDigest([spkiSha256, fuseDigest], context.settings)
  if (trusted.length > 0) return { ...common, origin: 'trusted', from: trusted }
  const earlier = earlierStages(image, context).filter(({ data }) => digestsOf(data.blocks).has(fuseDigest))
  const from = earlier.map(({ place }) => place.path)
  return from.length > 0
    ? { ...common, origin: 'earlier', from }
    : { ...common, origin: 'travelling', from: [image.place.path] }
}

/** Boot loaders are started by the ROM alone: nothing in the release comes earlier. */
function earlierStages(image: Image, { loaders }: Context): readonly Image[] {
  return image.data.role === 'boot-loader' ? [] : loaders.filter((loader) => loader !== image)
}

/** Fuse digests of the keys whose blocks hold. */
export function digestsOf(blocks: Image['data']['blocks']): ReadonlySet<string> {
  return new Set(blocks.flatMap(({ key, fault }) => (key && fault === undefined ? [key.fuseDigest] : [])))
}

export interface V1Outcome {
  readonly keys: readonly KeyUse[]
  /** Keys that do not verify, of which one would have to: the only one there is. */
  readonly refused: readonly KeyUse[]
}

/** The key of version 1 lies in the boot loader, and in applications that take updates. */
export function verifyV1(image: Image, { digest, signature }: V1Fact, context: Context): V1Outcome {
  const [value, hash] = [Buffer.from(signature, 'hex'), Buffer.from(digest, 'hex')]
  const candidates = [
    ...trustedPoints(context),
    ...linkedPoints(image, context),
    ...recoveredPoints(image, value, hash, context),
  ]
  const tried = candidates.map(({ point, use }) => ({
    use,
    holds: verifiesEcdsa('P-256', point, value, hash),
  }))
  const anchors = tried.filter(({ use }) => use.origin !== 'travelling')
  const only = new Set(anchors.map(({ use }) => use.spkiSha256)).size === 1
  const keys = tried.filter(({ holds }) => holds).map(({ use }) => use)
  return { keys, refused: keys.length === 0 && only ? anchors.map(({ use }) => use) : [] }
}

interface Candidate {
  readonly point: Uint8Array
  readonly use: KeyUse
}

function trustedPoints({ settings }: Context): readonly Candidate[] {
  return settings.trusted.flatMap(({ name, spki, sha256: spkiSha256 }): readonly Candidate[] => {
    const key = readPublicKey(spki)
    if (key?.type !== 'ec' || key.curve !== 'P-256') return []
    const use = { origin: 'trusted', from: [name], spkiSha256, fuseDigest: undefined } as const
    return [{ point: key.point, use: { ...use, known: knownKey(spkiSha256) } }]
  })
}

/** Keys that the signature itself leads to, as far as somebody knows them: the user, the public, or a private key here. */
function recoveredPoints(
  { place }: Image,
  signature: Uint8Array,
  digest: Uint8Array,
  { settings, leaked }: Context,
): readonly Candidate[] {
  return recoverKeys('P-256', signature, digest).flatMap((point): readonly Candidate[] => {
    const spkiSha256 = sha256(ecSpki('P-256', point))
    const trusted = trustedByDigest([spkiSha256], { ...settings, trusted: [] })
    const known = knownKey(spkiSha256)
    if (trusted.length === 0 && !known && !leaked.has(spkiSha256)) return []
    const origin = trusted.length > 0 ? 'trusted' : 'travelling'
    const from = trusted.length > 0 ? trusted : [place.path]
    return [{ point, use: { origin, from, spkiSha256, fuseDigest: undefined, known } }]
  })
}

function linkedPoints(image: Image, context: Context): readonly Candidate[] {
  return [...earlierStages(image, context), image].flatMap(({ data, place }) =>
    data.points.map((hex): Candidate => {
      const point = Buffer.from(hex, 'hex')
      const spkiSha256 = sha256(ecSpki('P-256', point))
      const trusted = trustedByDigest([spkiSha256], context.settings)
      const origin = trusted.length > 0 ? 'trusted' : place === image.place ? 'travelling' : 'earlier'
      const from = trusted.length > 0 ? trusted : [place.path]
      return { point, use: { origin, from, spkiSha256, fuseDigest: undefined, known: knownKey(spkiSha256) } }
    }),
  )
}
