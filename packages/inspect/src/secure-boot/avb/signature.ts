import { type PublicKey, readPublicKey, verifiesPkcs1 } from '@messlatte/bytes'
import type { Fact, Facts, Place } from '../../contract.ts'
import type { Candidate, KeyRing } from '../outcome/keys.ts'
import { type Outcome, verifyBy } from '../outcome/outcome.ts'
import type { AvbKeyFact } from './facts.ts'
import type { VbmetaOf } from './partitions.ts'

/** A chain descriptor of another vbmeta that speaks of this one. */
export interface ChainedFrom {
  readonly parent: VbmetaOf
  readonly key: AvbKeyFact | undefined
}

/** The vbmeta structures whose chain descriptors name the partition of this one. */
export function chainedFrom(vbmeta: VbmetaOf, all: readonly VbmetaOf[]): readonly ChainedFrom[] {
  return all.flatMap((parent) =>
    parent === vbmeta || !sameSlot(parent, vbmeta)
      ? []
      : parent.data.descriptors.flatMap((one) =>
          one.type === 'chain' && one.partition === vbmeta.data.partition ? [{ parent, key: one.key }] : [],
        ),
  )
}

function sameSlot(one: VbmetaOf, other: VbmetaOf): boolean {
  return one.data.slot === undefined || other.data.slot === undefined || one.data.slot === other.data.slot
}

/** A key in a boot loader of the release. */
export type AvbAnchor = Fact<'boot.avb.anchor'>

/** Verifies with the key that travels along; it is an earlier stage's where a vbmeta above or a boot loader has the same. */
export function verifyVbmeta(
  { data, place }: VbmetaOf,
  ring: KeyRing,
  chained: readonly ChainedFrom[],
  anchors: readonly AvbAnchor[],
): Outcome | undefined {
  const { algorithm, key, signature, digest, hashHolds } = data
  if (algorithm.state === 'none') return undefined
  if (algorithm.state === 'unknown') return { result: 'not-verified', why: 'algorithm' }
  const from = chained.find((one) => one.key?.blobSha256 === key?.blobSha256)
  const anchor = from ? undefined : anchors.find((one) => one.data.blobSha256 === key?.blobSha256)
  const lies = from?.parent.place ?? anchor?.place
  const candidate = key && candidateOf(key, lies, place.path, anchor?.data.isLoader ?? true)
  const fits = (one: PublicKey) => one.type === 'rsa' && one.bits === algorithm.bits
  const holds = (one: PublicKey) =>
    one.type === 'rsa' &&
    digest !== undefined &&
    verifiesPkcs1(one.key, Buffer.from(signature, 'base64'), Buffer.from(digest, 'hex'), algorithm.hash)
  const outcome = verifyBy(ring, candidate ? [candidate] : [], fits, holds, candidate !== undefined)
  if (outcome.result === 'verified' && !hashHolds)
    return { ...outcome, result: 'refused', because: 'other-bytes' }
  return outcome
}

function candidateOf(
  key: AvbKeyFact,
  earlier: Place | undefined,
  travelling: string,
  sure: boolean,
): Candidate | undefined {
  const read = key.spki === undefined ? undefined : readPublicKey(Buffer.from(key.spki, 'base64'))
  return (
    read && {
      key: read,
      origin: earlier ? 'earlier' : 'travelling',
      from: earlier?.path ?? travelling,
      ...(earlier ? { place: earlier } : {}),
      sure: earlier !== undefined && sure,
      digests: [key.blobSha256, key.blobSha1],
    }
  )
}

/** Structures that are read; those that are not are told apart. */
export function vbmetasOf(facts: Facts): readonly VbmetaOf[] {
  return facts.of('boot.avb.vbmeta').filter((one): one is VbmetaOf => one.data.state === 'read')
}
