import { readPublicKey } from '@messlatte/bytes'
import type { Json } from '@messlatte/model'
import type { EvidenceDraft, Facts, ReduceOut, Settings } from '../../contract.ts'
import {
  mismatchEvidence,
  otherEvidence,
  rollbackEvidence,
  signatureEvidence,
  unsignedEvidence,
  worthlessAnchor,
} from '../outcome/evidence.ts'
import { type KeyRing, keyRing, signerKey } from '../outcome/keys.ts'
import type { Outcome } from '../outcome/outcome.ts'
import { giveLink } from './links.ts'
import {
  type Bound,
  type Partition,
  type Recomputed,
  recompute,
  uncovered,
  type VbmetaOf,
} from './partitions.ts'
import * as say from './say.ts'
import { AVB } from './scheme.ts'
import { type AvbAnchor, type ChainedFrom, chainedFrom, vbmetasOf, verifyVbmeta } from './signature.ts'

/** A descriptor of a digest, and what became of it. */
export interface Checked {
  readonly bound: Bound
  readonly found: Recomputed
}

/** A vbmeta with all that is found out about it. */
export interface Verified {
  readonly vbmeta: VbmetaOf
  /** Undefined where nothing is signed. */
  readonly outcome: Outcome | undefined
  readonly chained: readonly ChainedFrom[]
  readonly checked: readonly Checked[]
}

/** Reduce: verifies every vbmeta, follows its chains, and recomputes what it states of partitions. */
export function concludeAvb(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  const all = vbmetasOf(facts)
  const sound = all.filter((vbmeta) => verifyVbmeta(vbmeta, ring, [], [])?.result === 'verified')
  const anchors = facts.of('boot.avb.anchor')
  const open = isTold(all) ? uncovered(facts, all) : []
  for (const vbmeta of all) {
    const chained = chainedFrom(vbmeta, all)
    const outcome = verifyVbmeta(
      vbmeta,
      ring,
      chained.filter(({ parent }) => sound.includes(parent)),
      // Another vbmeta says which key this one is to have.
      chained.length === 0 ? anchors : [],
    )
    const checked = checkedOf(vbmeta, facts, out)
    const one: Verified = { vbmeta, outcome, chained, checked }
    const drafts = [...ofSignature(one, ring), ...ofContent(one, all)]
    for (const draft of drafts) out.evidence(draft)
    if (drafts[0]) giveLink(out, one, drafts[0], open, ring)
  }
  for (const anchor of anchors) for (const draft of anchorEvidence(anchor, all, ring)) out.evidence(draft)
  for (const { data, place } of facts.of('boot.avb.vbmeta'))
    if (data.state === 'broken') out.evidence(brokenEvidence(place, data.partition))
  for (const partition of open) out.evidence(uncoveredEvidence(partition))
}

/** Where only what partitions carry themselves is at hand, the vbmeta that speaks of them may not have been handed in. */
function isTold(all: readonly VbmetaOf[]): boolean {
  return all.some(({ data }) => !data.appended || data.algorithm.state !== 'none')
}

function checkedOf(vbmeta: VbmetaOf, facts: Facts, out: ReduceOut): readonly Checked[] {
  return vbmeta.data.descriptors.flatMap((one) =>
    one.type === 'hash' || one.type === 'hashtree'
      ? [{ bound: one, found: recompute(one, vbmeta, facts, out) }]
      : [],
  )
}

function ofSignature({ vbmeta, outcome, chained }: Verified, ring: KeyRing): readonly EvidenceDraft[] {
  const observed = observedVbmeta(vbmeta)
  return [
    ...(outcome
      ? signatureEvidence(AVB, vbmeta.place, ring, outcome, observed)
      : [unsigned(vbmeta, observed)]),
    ...headerEvidence(vbmeta, observed),
    ...chainEvidence(vbmeta, chained),
    ...(outcome
      ? [
          rollbackEvidence(AVB, vbmeta.place, rollbackOf(vbmeta), {
            location: vbmeta.data.rollbackIndexLocation,
          }),
        ]
      : []),
  ]
}

function ofContent({ vbmeta, checked }: Verified, all: readonly VbmetaOf[]): readonly EvidenceDraft[] {
  return [
    ...disabledEvidence(vbmeta),
    ...checked.flatMap((one) => partitionEvidence(vbmeta, one)),
    contentEvidence(vbmeta, checked, all),
  ]
}

/** 0 is what stands there when nobody has set one. */
function rollbackOf({ data }: VbmetaOf): number | undefined {
  const index = Number(data.rollbackIndex)
  return index === 0 ? undefined : index
}

function observedVbmeta({ data }: VbmetaOf): { readonly [key: string]: Json } {
  const { algorithm, key } = data
  return {
    partition: data.partition,
    algorithm:
      algorithm.state === 'known' ? algorithm.name : algorithm.state === 'none' ? 'NONE' : algorithm.number,
    flags: data.flags,
    rollbackIndex: data.rollbackIndex,
    key: key ? { sha1: key.blobSha1, sha256: key.blobSha256, bits: key.bits } : null,
    release: data.release,
  }
}

/** In front of a partition's end it is only a copy of what a vbmeta partition says; alone it is what a boot loader reads. */
function unsigned({ data, place }: VbmetaOf, observed: { readonly [key: string]: Json }): EvidenceDraft {
  if (!data.appended) return unsignedEvidence(AVB, place, 'E0', observed)
  const { overturnedBy: _, ...draft } = unsignedEvidence(AVB, place, 'E0', observed)
  return {
    ...draft,
    polarity: 'neutral',
    confidence: { grade: 'medium', reason: say.UNSIGNED_INSIDE },
  }
}

function headerEvidence({ data, place }: VbmetaOf, observed: { readonly [key: string]: Json }) {
  if (data.hashHolds !== false) return []
  return [mismatchEvidence(AVB, place, say.HEADER, { ...observed, computed: data.digest ?? null })]
}

/** The vbmeta above names the key; another one is refused. */
function chainEvidence({ data, place }: VbmetaOf, chained: readonly ChainedFrom[]): readonly EvidenceDraft[] {
  return chained.flatMap(({ parent, key }) =>
    data.key === undefined || key === undefined || key.blobSha256 === data.key.blobSha256
      ? []
      : [
          otherEvidence(AVB, 'chain', place, {
            polarity: 'against',
            level: 'EX',
            title: say.OTHER_CHAIN_KEY,
            observation: {
              partition: data.partition,
              from: parent.place.path,
              expected: key.blobSha256,
              found: data.key.blobSha256,
              repeat: 'avbtool verify_image --image VBMETA.img --follow_chain_partitions',
            },
            confidence: { grade: 'high', reason: say.OTHER_CHAIN_KEY_REASON },
            overturnedBy: say.SAME_RELEASE,
          }),
        ],
  )
}

const HASHTREE_DISABLED = 1
const VERIFICATION_DISABLED = 2

function disabledEvidence({ data, place }: VbmetaOf): readonly EvidenceDraft[] {
  const all = (data.flags & VERIFICATION_DISABLED) !== 0
  if (!all && (data.flags & HASHTREE_DISABLED) === 0) return []
  return [
    otherEvidence(AVB, 'disabled', place, {
      polarity: 'against',
      title: all ? say.DISABLED : say.HASHTREE_DISABLED,
      observation: { flags: data.flags, repeat: 'avbtool info_image --image VBMETA.img' },
      confidence: { grade: 'high', reason: all ? say.DISABLED_REASON : say.HASHTREE_DISABLED_REASON },
      overturnedBy: say.NOT_DISABLED_ON_UNITS,
    }),
  ]
}

function partitionEvidence({ place }: VbmetaOf, { bound, found }: Checked): readonly EvidenceDraft[] {
  if (found.result !== 'mismatch' && found.result !== 'short') return []
  const what = say.partitionHash(bound.partition)
  return [mismatchEvidence(AVB, place, what, { ...observedBound({ bound, found }), repeat: repeatOf(bound) })]
}

function repeatOf(bound: Bound): string {
  return bound.type === 'hash'
    ? `(printf ${bound.salt.replace(/../g, '\\x$&')}; head -c ${bound.size} PARTITION) | ${bound.algorithm}sum`
    : `veritysetup verify --no-superblock --hash-offset=${bound.treeAt} --data-blocks=${Math.ceil(bound.size / bound.dataBlock)} --hash=${bound.algorithm} --salt=${bound.salt || '-'} PARTITION PARTITION ${bound.digest}`
}

function observedBound({ bound, found }: Checked): { readonly [key: string]: Json } {
  return {
    partition: bound.partition,
    descriptor: bound.type,
    file: found.partition?.place.path ?? null,
    result: found.result,
    stated: bound.digest,
    ...('computed' in found && found.result === 'mismatch' ? { computed: found.computed } : {}),
    ...('firstBlock' in found ? { firstBlock: found.firstBlock ?? null } : {}),
  }
}

/** All that it says, whatever came out: what is not part of the release stays open. */
function contentEvidence(
  vbmeta: VbmetaOf,
  checked: readonly Checked[],
  all: readonly VbmetaOf[],
): EvidenceDraft {
  const { data, place } = vbmeta
  return otherEvidence(AVB, 'content', place, {
    polarity: 'neutral',
    title: say.CONTENT,
    observation: {
      partitions: checked.map(observedBound),
      chains: data.descriptors.flatMap((one) =>
        one.type === 'chain'
          ? [
              {
                partition: one.partition,
                rollbackIndexLocation: one.rollbackIndexLocation,
                key: one.key?.blobSha256 ?? null,
                present: all.some((other) => other.data.partition === one.partition),
              },
            ]
          : [],
      ),
      properties: data.descriptors.flatMap((one) =>
        one.type === 'property' && one.key.startsWith('com.android.build.')
          ? [`${one.key}=${one.value}`]
          : [],
      ),
      commandLines: data.descriptors.filter(({ type }) => type === 'command-line').length,
      unknown: data.descriptors.filter(({ type }) => type === 'unknown').length,
      complete: data.descriptorsHold,
      repeat: 'avbtool info_image --image VBMETA.img',
    },
    confidence: { grade: 'high', reason: say.CONTENT_REASON },
  })
}

/** A key that a boot loader compares with, and what that key is worth. */
function anchorEvidence({ data, place }: AvbAnchor, all: readonly VbmetaOf[], ring: KeyRing) {
  const spki = data.spki === undefined ? undefined : readPublicKey(Buffer.from(data.spki, 'base64'))
  if (!spki) return []
  const has = ({ data: one }: VbmetaOf) => one.key?.blobSha256 === data.blobSha256
  const key = signerKey(ring, {
    key: spki,
    origin: 'earlier',
    from: place.path,
    place,
    digests: [data.blobSha256, data.blobSha1],
  })
  return [
    otherEvidence(AVB, 'key', place, {
      polarity: 'neutral',
      title: say.ANCHOR,
      observation: {
        sha1: data.blobSha1,
        sha256: data.blobSha256,
        bits: data.bits,
        besideLibavb: data.isLoader,
        signs: all.filter(has).map((one) => one.place.path),
        repeat: 'avbtool extract_public_key --key PUBLIC.pem --output KEY.bin; sought in the boot loader',
      },
      confidence: {
        grade: data.isLoader ? 'high' : 'medium',
        reason: data.isLoader ? say.ANCHOR_REASON : say.ANCHOR_SOMEWHERE,
      },
    }),
    ...worthlessAnchor(AVB, place, key),
  ]
}

function brokenEvidence(place: EvidenceDraft['place'], partition: string): EvidenceDraft {
  return otherEvidence(AVB, 'content', place, {
    polarity: 'neutral',
    title: say.BROKEN,
    observation: { partition, readable: false, repeat: 'avbtool info_image --image VBMETA.img' },
    confidence: { grade: 'medium', reason: say.BROKEN_REASON },
  })
}

function uncoveredEvidence({ data, place }: Partition): EvidenceDraft {
  return otherEvidence(AVB, 'not-covered', place, {
    polarity: 'against',
    title: say.notCovered(data.name),
    observation: { partition: data.name, repeat: 'avbtool info_image --image VBMETA.img' },
    confidence: { grade: 'medium', reason: say.NOT_COVERED_REASON },
    overturnedBy: say.COVERED_ELSEWHERE,
  })
}
