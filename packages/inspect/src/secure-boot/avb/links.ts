import type { EvidenceDraft, ReduceOut } from '../../contract.ts'
import type { Anchor, Gap, Part, Stage } from '../chain/facts.ts'
import type { KeyRing, SignerKey } from '../outcome/keys.ts'
import type { Verified } from './conclude.ts'
import type { Partition } from './partitions.ts'
import * as say from './say.ts'
import { AVB } from './scheme.ts'

const STAGES: Readonly<Record<string, Stage>> = {
  boot: 'kernel',
  init_boot: 'initramfs',
  vendor_boot: 'initramfs',
  vendor_kernel_boot: 'initramfs',
  recovery: 'kernel',
  dtbo: 'device-tree',
  pvmfw: 'trusted-os',
  system: 'root-file-system',
  system_ext: 'root-file-system',
  vendor: 'root-file-system',
  product: 'root-file-system',
  odm: 'root-file-system',
  system_dlkm: 'modules',
  vendor_dlkm: 'modules',
  odm_dlkm: 'modules',
}

const UNLOCKED = 1 | 2

/** The link of one vbmeta: it covers itself, and the partitions whose digests are right. */
export function giveLink(
  out: ReduceOut,
  { vbmeta, outcome, checked }: Verified,
  draft: EvidenceDraft,
  open: readonly Partition[],
  ring: KeyRing,
): void {
  const { data, place } = vbmeta
  // What a partition carries unsigned says nothing that the signed vbmeta does not say.
  if (data.appended && data.algorithm.state === 'none') return
  const verifies = (data.flags & UNLOCKED) === 0
  const covers: readonly Part[] = [
    { path: place.path, stage: 'configuration', name: data.partition || 'vbmeta' },
    ...checked.flatMap(({ bound, found }): readonly Part[] =>
      found.result === 'match' && verifies ? [partOf(found.partition, bound.size)] : [],
    ),
  ]
  const gaps = [
    ...checked.flatMap(({ found }): readonly Gap[] => {
      if (!found.partition || (found.result === 'match' && verifies)) return []
      const { path } = found.partition.place
      return [
        { path, stage: stageOf(found.partition), name: found.partition.data.name, why: whyOf(verifies) },
      ]
    }),
    ...open.map(
      (partition): Gap => ({
        path: partition.place.path,
        stage: stageOf(partition),
        name: partition.data.name,
        why: say.NOT_COVERED_REASON,
      }),
    ),
  ]
  const keys = outcome && 'keys' in outcome ? outcome.keys : []
  const { algorithm } = data
  out.fact('chain.link', draft.place, {
    scheme: 'avb2',
    evidence: draft.kind,
    name: data.slot ?? '',
    holder: place.path,
    covers,
    gaps,
    level: draft.level ?? 'E0',
    ...(algorithm.state === 'known'
      ? {
          signature: { type: 'rsa', bits: algorithm.bits, padding: 'pkcs1' } as const,
          hash: algorithm.hash,
        }
      : {}),
    anchors: keys.map((key) => anchorOf(key, vbmeta, ring)),
    demand: { by: AVB.chain.demand },
    rollback: [
      { name: 'rollback-index', value: Number(data.rollbackIndex), signed: algorithm.state === 'known' },
    ],
    open: AVB.chain.open,
    repeat: 'avbtool verify_image --image VBMETA.img --key PUBLIC.pem --follow_chain_partitions',
  })
}

function whyOf(verifies: boolean) {
  return verifies ? say.NOT_THE_BOUND : say.DISABLED_REASON
}

function partOf(partition: Partition, size: number): Part {
  return {
    path: partition.place.path,
    stage: stageOf(partition),
    name: partition.data.name,
    offset: 0,
    length: size,
  }
}

function stageOf({ data }: Partition): Stage {
  return STAGES[data.name] ?? 'data'
}

function anchorOf(
  { origin, from, place, spkiSha256, known, leaked }: SignerKey,
  { data }: Verified['vbmeta'],
  { trusted }: KeyRing,
): Anchor {
  const trustedAs = trusted.find(({ key }) => key.spkiSha256 === spkiSha256)?.name
  return {
    fingerprints: [
      { form: 'spki-sha256', value: spkiSha256 },
      ...(data.key ? [{ form: 'avb-key-sha256', value: data.key.blobSha256 } as const] : []),
    ],
    name: '',
    lies:
      origin === 'trusted'
        ? { in: 'trusted', name: trustedAs ?? from }
        : origin === 'earlier' && place
          ? { in: 'release', place }
          : { in: 'travelling' },
    ...(known ? { everybody: known.id } : {}),
    ...(leaked ? { leaked: true } : {}),
  }
}
