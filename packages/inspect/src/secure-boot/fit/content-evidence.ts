import type { SignatureLevel } from '@messlatte/model'
import type { EvidenceDraft, Fact, Place } from '../../contract.ts'
import type { ContentState, HashResult, ImageContent } from './content.ts'
import { weakest } from './content.ts'
import type { BrokenFitFact, Configuration, FitFact, SignatureNode } from './facts.ts'
import type { Candidate, Control } from './keys.ts'
import { refused, signatureOf } from './outcome.ts'
import * as say from './say.ts'
import { observedContent, observedKey, SECURE_BOOT, type Signed } from './signature-evidence.ts'
import { fits, signatureAlgorithm, verifiesDigest } from './verify.ts'

type Fit = Fact<'boot.fit'>

/** Images that start nothing by themselves. */
const PASSIVE: ReadonlySet<string> = new Set(['flat_dt', 'script', 'fpga'])

export function brokenEvidence({ place }: Fit, { why }: BrokenFitFact): EvidenceDraft {
  return {
    ...SECURE_BOOT,
    kind: 'boot.fit.signature',
    polarity: 'against',
    level: 'EX',
    place,
    title: say.BROKEN,
    observation: { result: 'unreadable', why, repeat: 'fdtdump FIT' },
    confidence: { grade: 'medium', reason: say.BROKEN_REASON },
    overturnedBy: say.CUT_OR_OTHER_KEY,
  }
}

export function hashMismatchEvidence(
  fit: Fit,
  { image }: ImageContent,
  { hash, computed }: HashResult,
): EvidenceDraft {
  return {
    ...SECURE_BOOT,
    kind: 'boot.fit.hash-mismatch',
    polarity: 'against',
    level: 'EX',
    place: dataPlace(fit, image),
    title: say.hashMismatch(image.name),
    observation: {
      image: image.name,
      node: hash.node,
      algorithm: hash.algorithm,
      stated: hash.value,
      computed: computed ?? null,
      repeat: 'dumpimage -T flat_dt -p INDEX -o DATA FIT, then the digest of DATA',
    },
    confidence: { grade: 'high', reason: say.RECOMPUTED },
    overturnedBy: say.CUT_OR_OTHER_KEY,
  }
}

function dataPlace({ place }: Fit, { data }: ImageContent['image']): Place {
  return 'offset' in data ? { ...place, offset: data.offset, length: data.length } : place
}

const LEVEL_OF: Readonly<Record<ContentState, SignatureLevel>> = {
  strong: 'E2',
  'weak-hash': 'E2',
  checksum: 'E1',
  none: 'E0',
  unread: 'E0',
  mismatch: 'E0',
}

/** A FIT without any signature, or a configuration without one in a FIT that has some. */
export function unsignedEvidence(
  { place }: Fit,
  { images, oddities }: FitFact,
  contents: readonly ImageContent[],
  beside?: { readonly configuration: Configuration; readonly controls: readonly Control[] },
): EvidenceDraft {
  const passive = (beside ? contents.map(({ image }) => image) : images).every(({ type }) =>
    PASSIVE.has(type),
  )
  const demanded = beside?.controls.some(({ keys }) =>
    keys.some(({ origin, required }) => origin === 'earlier' && required === 'conf'),
  )
  const harmless = passive || demanded === true
  return {
    ...SECURE_BOOT,
    kind: 'boot.fit.unsigned',
    polarity: harmless ? 'neutral' : 'against',
    level: LEVEL_OF[weakest(contents)],
    place,
    title: beside ? say.unsignedConfiguration(beside.configuration.name) : say.UNSIGNED,
    observation: {
      configuration: beside?.configuration.name ?? null,
      signatureNodes: 0,
      images: contents.map(observedContent),
      oddities: oddities.map(({ what, node }) => ({ what, node })),
      repeat: 'dumpimage -l FIT',
    },
    confidence: {
      grade: 'medium',
      reason: passive ? say.PASSIVE_REASON : demanded ? say.DEMANDED_ELSEWHERE : say.UNSIGNED_REASON,
    },
    ...(harmless ? {} : { overturnedBy: say.OTHER_LAYER }),
  }
}

/** A signature over the data of one image alone. */
export function imageSignatureEvidence(
  fit: Fit,
  content: ImageContent,
  node: SignatureNode,
  { level, result, keys }: ImageVerification,
): EvidenceDraft {
  return {
    ...SECURE_BOOT,
    kind: 'boot.fit.image-signature-only',
    polarity: 'against',
    level,
    place: { ...fit.place, offset: node.offset, length: node.length },
    title:
      level === 'EX'
        ? say.imageSignatureFails(content.image.name)
        : say.imageSignatureOnly(content.image.name),
    observation: {
      image: content.image.name,
      node: node.node,
      algorithm: node.algorithm,
      padding: node.padding,
      keyNameHint: node.keyNameHint,
      result,
      keys: keys.map(observedKey),
      content: observedContent(content),
    },
    confidence: { grade: level === 'EX' ? 'high' : 'medium', reason: say.MIX_AND_MATCH },
    overturnedBy: say.OTHER_LAYER,
  }
}

export interface ImageVerification {
  readonly level: SignatureLevel
  readonly result: 'verified' | 'refused' | 'no-key' | 'not-computed'
  readonly keys: readonly Candidate[]
}

export function verifyImage(
  { digests }: ImageContent,
  node: SignatureNode,
  candidates: readonly Candidate[],
): ImageVerification {
  const algorithm = signatureAlgorithm(node.algorithm)
  const digest = algorithm && digests[algorithm.digest]
  if (!algorithm || digest === undefined) return { level: 'E3', result: 'not-computed', keys: [] }
  const signature = signatureOf(node, algorithm)
  const fitting = candidates.filter(({ key }) => fits(key, algorithm))
  const tried = fitting.map((one) => ({ one, holds: verifiesDigest(one.key, signature, digest) }))
  if (tried.some(({ holds }) => holds === undefined)) return { level: 'E3', result: 'not-computed', keys: [] }
  const keys = tried.filter(({ holds }) => holds).map(({ one }) => one)
  if (keys.some(({ origin }) => origin === 'trusted')) return { level: 'E6', result: 'verified', keys }
  if (keys.some(({ origin }) => origin === 'earlier')) return { level: 'E5', result: 'verified', keys }
  if (keys.length > 0) return { level: 'E4', result: 'verified', keys }
  const outcome = refused(node, candidates, fitting)
  return outcome.result === 'refused'
    ? { level: 'EX', result: 'refused', keys: outcome.keys }
    : { level: 'E3', result: 'no-key', keys: [] }
}

/** Images under a signature that nothing but a checksum or a broken hash holds to it; and signatures over SHA-1. */
export function weakHashEvidence(fit: Fit, signed: readonly Signed[]): readonly EvidenceDraft[] {
  const common = { ...SECURE_BOOT, kind: 'boot.fit.weak-hash', polarity: 'against' } as const
  const weak = new Map(
    signed.flatMap(({ images }) =>
      images.filter(isWeak).map((content) => [content.image.name, content] as const),
    ),
  )
  const overImages = [...weak.values()].map(
    (content): EvidenceDraft => ({
      ...common,
      level: LEVEL_OF[content.state],
      place: dataPlace(fit, content.image),
      title: say.weakHash(content.image.name, content.state),
      observation: observedContent(content),
      confidence: { grade: 'high', reason: say.WEAK_HASH_REASON },
      overturnedBy: say.OTHER_LAYER,
    }),
  )
  const overSignatures = signed
    .filter(({ node }) => signatureAlgorithm(node.algorithm)?.digest === 'sha1')
    .map(
      ({ node, configuration }): EvidenceDraft => ({
        ...common,
        place: { ...fit.place, offset: node.offset, length: node.length },
        title: say.sha1Signature(configuration.name),
        observation: { configuration: configuration.name, node: node.node, algorithm: node.algorithm },
        confidence: { grade: 'medium', reason: say.SHA1_REASON },
        overturnedBy: say.OTHER_LAYER,
      }),
    )
  return [...overImages, ...overSignatures]
}

function isWeak({ state }: ImageContent): boolean {
  return state === 'none' || state === 'checksum' || state === 'weak-hash'
}
