import { type PublicKey, type RevocationList, readPublicKey, readRevocationList } from '@messlatte/bytes'
import type { Facts, Place, Settings } from '../../contract.ts'
import { type Candidate, type KeyRing, keyRing } from '../../secure-boot/outcome/keys.ts'
import { type AnchorCertificate, certificateOf } from '../../secure-boot/pkcs7/verify.ts'
import '../anchors/facts.ts'
import '../clients/facts.ts'

/** A bare key, and what signatures name it by where its file says so. */
export interface UpdateKey extends Candidate {
  readonly id?: string
}

/** All that an update file can be verified with. */
export interface World {
  readonly settings: Settings
  readonly ring: KeyRing
  /** Certificates of the release that do not travel in the file. */
  readonly certificates: readonly AnchorCertificate[]
  /** Bare keys; those in the file itself are told as travelling. */
  readonly keys: readonly UpdateKey[]
  readonly lists: readonly RevocationList[]
  /** Whether the configuration of an update client names the file at this place. */
  isNamed(place: Place): boolean
}

/** @param holder nest path of the update file: what lies inside vouches for nothing */
export function worldFor(holder: string, facts: Facts, settings: Settings): World {
  const inside = ({ path }: Place) => path.startsWith(`${holder}/`)
  const named = new Set(
    facts
      .of('update.client')
      .flatMap(({ data, place }) => data.keys.map(({ path }) => `${place.root}/${path}`)),
  )
  const anchors = facts.of('update.anchor')
  const isNamed = (place: Place) => named.has(`${place.root}/${place.inner}`)
  return {
    settings,
    ring: keyRing(facts, settings),
    certificates: anchors.flatMap(({ data, place }): readonly AnchorCertificate[] =>
      data.form === 'certificate' && !inside(place)
        ? [{ certificate: certificateOf(data.der), place, kept: place.path }]
        : [],
    ),
    keys: anchors.flatMap(({ data, place }): readonly UpdateKey[] => {
      const key: PublicKey | undefined =
        data.form === 'key' ? readPublicKey(Buffer.from(data.der, 'base64')) : undefined
      if (!key) return []
      const origin = inside(place) ? 'travelling' : 'earlier'
      const { id } = data
      return [{ key, origin, from: place.path, place, sure: isNamed(place), ...(id ? { id } : {}) }]
    }),
    lists: anchors.flatMap(({ data }) =>
      data.form === 'list' ? [readRevocationList(Buffer.from(data.der, 'base64'))] : [],
    ),
    isNamed,
  }
}

/** Where devices of a kind keep what they verify with, whatever a configuration says: also the keys of certificates there. */
export function keptAt(world: World, isNamed: (place: Place) => boolean): World {
  const ofCertificates = world.certificates.flatMap(({ certificate: { key }, place }) =>
    key ? [{ key, origin: 'earlier', from: place.path, place, sure: isNamed(place) } as const] : [],
  )
  const keys = world.keys.map((one) => ({ ...one, sure: one.place !== undefined && isNamed(one.place) }))
  return { ...world, keys: [...keys, ...ofCertificates], isNamed }
}
