import type { SignatureLevel } from '@messlatte/model'
import type { Place } from '../../contract.ts'
import type {
  Anchor,
  AnchorPlace,
  Gap,
  LinkFact,
  LinkHash,
  LinkSignature,
  Part,
  Rollback,
} from '../chain/facts.ts'
import { fingerprintsOf } from '../chain/trust.ts'
import type { SignerKey } from './keys.ts'
import type { Scheme } from './scheme.ts'

/** What a link says beside what its scheme and its keys do. */
export interface LinkDetails {
  /** Last part of the kind of the evidence at the same place. */
  readonly evidence: 'signature' | 'unsigned'
  readonly level: SignatureLevel
  readonly covers: readonly Part[]
  readonly gaps?: readonly Gap[]
  readonly signature?: LinkSignature
  readonly hash?: LinkHash
  readonly keys?: readonly SignerKey[]
  readonly rollback?: readonly Rollback[]
  readonly name?: string
}

/** A link of the boot chain, of what a scheme signs or leaves unsigned. */
export function linkOf(scheme: Scheme, place: Place, details: LinkDetails): LinkFact {
  const { evidence, level, covers, gaps = [], signature, hash, keys = [], rollback = [], name = '' } = details
  const { chain } = scheme
  return {
    scheme: chain.scheme,
    evidence: `boot.${scheme.name}.${evidence}`,
    name,
    holder: place.path,
    covers,
    gaps,
    level,
    ...(signature ? { signature } : {}),
    ...(hash ? { hash } : {}),
    anchors: keys.map((key) => anchorOf(scheme, key)),
    demand: { by: chain.demand },
    rollback,
    open: chain.open,
    repeat: scheme.repeat,
  }
}

function anchorOf(
  { chain }: Scheme,
  { origin, from, spki, place, digests, known, leaked }: SignerKey,
): Anchor {
  return {
    fingerprints: [...fingerprintsOf(spki), ...digests.map((value) => ({ form: chain.form, value }))],
    name: from,
    lies: placeOfKey(origin, from, place),
    ...(known ? { everybody: known.id } : {}),
    ...(leaked ? { leaked } : {}),
  }
}

function placeOfKey(origin: SignerKey['origin'], from: string, place: Place | undefined): AnchorPlace {
  switch (origin) {
    case 'trusted':
      return { in: 'trusted', name: from }
    case 'earlier':
      return place ? { in: 'release', place } : { in: 'unknown' }
    case 'travelling':
      return { in: 'travelling' }
    case 'computed':
      return { in: 'unknown' }
  }
}
