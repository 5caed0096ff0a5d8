import { readPublicKey } from '@messlatte/bytes'
import type { Json } from '@messlatte/model'
import type { EvidenceDraft, Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import type { Part, Stage } from '../chain/facts.ts'
import {
  besideGaps,
  mismatchEvidence,
  otherEvidence,
  rollbackEvidence,
  signatureEvidence,
  unsignedEvidence,
} from '../outcome/evidence.ts'
import { type Candidate, type KeyRing, keyRing } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { judge, type Outcome, verifyBy } from '../outcome/outcome.ts'
import { type Tree, type Trust, trustOf } from './chain.ts'
import type { FipFact } from './facts.ts'
import * as say from './say.ts'
import { FIP } from './scheme.ts'

type Package = Fact<'boot.fip.package'>

export function concludeFip(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  for (const one of facts.of('boot.fip.package')) ofPackage(one, facts, ring, out)
}

function ofPackage(one: Package, facts: Facts, ring: KeyRing, out: ReduceOut): void {
  const { data, place } = one
  if (data.certificates.length === 0 && data.cut.length > 0) {
    const outcome: Outcome = { result: 'not-verified', why: 'cut' }
    for (const draft of signatureEvidence(FIP, place, ring, outcome, { cutOff: data.cut }))
      out.evidence(draft)
    return
  }
  if (data.certificates.length + data.broken.length === 0) {
    const names = data.images.map(({ name }) => name)
    out.evidence(
      unsignedEvidence(FIP, place, 'E0', { images: names, broken: data.broken }, say.NO_CERTIFICATES),
    )
    const covers = partsOf(one, names)
    if (covers.length > 0)
      out.fact('chain.link', place, linkOf(FIP, place, { evidence: 'unsigned', level: 'E0', covers }))
    return
  }
  const trust = trustOf(data)
  const observed = observedTrust(data, trust)
  for (const tree of trust.trees) ofTree(one, tree, trust, observed, facts, ring, out)
  for (const draft of [
    ...refusedEvidence(one, trust, ring, observed),
    ...mismatches(one, trust),
    ...uncovered(one, trust),
    rollback(one, observed),
  ])
    out.evidence(draft)
}

/** What one root key vouches for. */
function ofTree(
  one: Package,
  tree: Tree,
  trust: Trust,
  observed: Observed,
  facts: Facts,
  ring: KeyRing,
  out: ReduceOut,
): void {
  const { place } = one
  const names = tree.certificates.map(({ name }) => name)
  const images = trust.images.filter(({ by }) => by !== undefined && names.includes(by))
  const outcome = outcomeOf(
    one,
    tree,
    images.some(({ result }) => result === 'mismatch') || trust.refused.length > 0,
    facts,
    ring,
  )
  const isOpen = uncovered(one, trust).length > 0
  for (const draft of signatureEvidence(FIP, place, ring, outcome, { ...observed, certificates: names }))
    out.evidence(isOpen ? besideGaps(draft) : draft)
  const covers = partsOf(
    one,
    images.filter(({ result }) => result === 'match').map(({ image }) => image.name),
  )
  if (covers.length === 0) return
  const key = readPublicKey(Buffer.from(tree.root.spki, 'base64'))
  out.fact(
    'chain.link',
    place,
    linkOf(FIP, place, {
      evidence: 'signature',
      level: judge(FIP, ring, outcome).level,
      covers,
      gaps: partsOf(
        one,
        trust.images.filter(({ by }) => by === undefined).map(({ image }) => image.name),
      ).map((part) => ({
        ...part,
        why: say.NOT_COVERED,
      })),
      signature:
        key?.type === 'rsa'
          ? { type: 'rsa', bits: key.bits, padding: 'pss' }
          : { type: 'ecdsa', curve: key?.type === 'ec' ? key.curve : 'other' },
      hash: 'sha256',
      keys: 'keys' in outcome ? outcome.keys : [],
      name: tree.root.name,
      rollback: tree.certificates.flatMap(({ name, trustedCounter, otherCounter }) => {
        const value = trustedCounter ?? otherCounter
        return value === undefined ? [] : [{ name: `${name} counter`, value, signed: true }]
      }),
    }),
  )
}

function outcomeOf(
  { place }: Package,
  { root, certificates }: Tree,
  broken: boolean,
  facts: Facts,
  ring: KeyRing,
): Outcome {
  const key = readPublicKey(Buffer.from(root.spki, 'base64'))
  if (!key || certificates.some(({ signedByOwn }) => signedByOwn === undefined))
    return { result: 'not-verified', why: 'algorithm' }
  // The key's digest in an earlier stage: one that lies in the package itself is started by what it would have to vouch for.
  const anchor = facts
    .of('boot.fip.root-digest')
    .find(({ data, place: at }) => data.digests.includes(root.spkiSha256) && !at.path.startsWith(place.path))
  const candidate: Candidate = {
    key,
    origin: anchor ? 'earlier' : 'travelling',
    from: anchor?.place.path ?? place.path,
    digests: [root.spkiSha256],
    ...(anchor ? { place: anchor.place } : {}),
  }
  const isRoot = ({ spkiSha256 }: { readonly spkiSha256: string }) => spkiSha256 === root.spkiSha256
  const outcome = verifyBy(ring, [candidate], isRoot, () => true, true)
  return broken && outcome.result === 'verified'
    ? { result: 'refused', because: 'other-bytes', keys: outcome.keys }
    : outcome
}

function refusedEvidence(
  { place }: Package,
  { trees, refused }: Trust,
  ring: KeyRing,
  observed: Observed,
): readonly EvidenceDraft[] {
  if (refused.length === 0 || trees.length > 0) return []
  const outcome: Outcome = { result: 'refused', because: 'named', keys: [] }
  return signatureEvidence(FIP, place, ring, outcome, observed)
}

function mismatches({ place }: Package, { images }: Trust): readonly EvidenceDraft[] {
  return images
    .filter(({ result }) => result === 'mismatch')
    .map(({ image, by }) =>
      mismatchEvidence(FIP, { ...place, offset: image.at, length: image.length }, say.image(image.name), {
        image: image.name,
        certificate: by ?? null,
        computed: image.digests,
        repeat:
          'fiptool unpack PACKAGE.fip; openssl dgst -sha256 IMAGE.bin; openssl asn1parse -inform DER -in CERTIFICATE.bin',
      }),
    )
}

/** A package with certificates and images that none of them is for. */
function uncovered({ place }: Package, { images }: Trust): readonly EvidenceDraft[] {
  const open = images.filter(({ result }) => result === 'not-covered').map(({ image }) => image.name)
  if (open.length === 0) return []
  return [
    otherEvidence(FIP, 'not-covered', place, {
      polarity: 'against',
      title: say.UNCOVERED,
      observation: { images: open, repeat: 'fiptool info PACKAGE.fip' },
      confidence: { grade: 'medium', reason: say.NOT_COVERED },
      overturnedBy: say.NOT_LOADED,
    }),
  ]
}

function rollback({ data, place }: Package, observed: Observed): EvidenceDraft {
  const counters = data.certificates.flatMap(
    ({ trustedCounter, otherCounter }) => trustedCounter ?? otherCounter ?? [],
  )
  return rollbackEvidence(FIP, place, counters.length > 0 ? Math.min(...counters) : undefined, observed)
}

const STAGES: Readonly<Record<string, Stage>> = {
  'tb-fw': 'bootloader-first',
  'soc-fw': 'trusted-firmware',
  'rmm-fw': 'trusted-firmware',
  'scp-fw': 'coprocessor',
  'tos-fw': 'trusted-os',
  'tos-fw-extra1': 'trusted-os',
  'tos-fw-extra2': 'trusted-os',
  'nt-fw': 'bootloader',
}

function partsOf({ place }: Package, names: readonly string[]): readonly Part[] {
  return names.map((name) => ({
    path: `${place.path}/${name}`,
    stage: STAGES[name] ?? 'configuration',
    name,
  }))
}

type Observed = { readonly [key: string]: Json }

function observedTrust(data: FipFact, trust: Trust): Observed {
  return {
    chain: data.certificates.map(({ name, spkiSha256, trustedCounter, otherCounter, algorithm }) => ({
      name,
      signedBy: spkiSha256,
      algorithm,
      trustedCounter: trustedCounter ?? null,
      nonTrustedCounter: otherCounter ?? null,
    })),
    refused: trust.refused.map((one) => ({ ...one })),
    notVerified: trust.unknown,
    cutOff: data.cut,
    images: trust.images.map(({ image, result, by }) => ({
      name: image.name,
      result,
      certificate: by ?? null,
    })),
  }
}
