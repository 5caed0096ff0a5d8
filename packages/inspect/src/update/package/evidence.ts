import { type DigestName, isBrokenDigest } from '@messlatte/bytes'
import type { Json, SignatureLevel, Text } from '@messlatte/model'
import type { EvidenceDraft, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { Gap, LinkFact, LinkSignature, Part, Rollback } from '../../secure-boot/chain/facts.ts'
import type { Finding, Holds } from './finding.ts'
import * as say from './say.ts'
import type { KINDS, UpdateScheme, UpdateWords } from './scheme.ts'

type Observed = { readonly [key: string]: Json }

export const UPDATE_PROVISIONS = provisions(['5.3-2', '5.3-7', '5.3-9', '5.3-10'])
export const UPDATE_CASES = cases('5.3-2-1', '5.3-7-1', '5.3-9-1', '5.3-10-1')
const SIGNED = {
  provisions: provisions(['5.3-2', '5.3-9', '5.3-10']),
  cases: cases('5.3-2-1', '5.3-9-1', '5.3-10-1'),
} as const
const STRENGTH = { provisions: provisions(['5.3-7']), cases: cases('5.3-7-1') } as const
/** Bits of a modulus that no catalogue accepts any more; SOG-IS, section 4.1. */
const WEAK_RSA = 1900

/** All that is said of one update file. */
export interface Package {
  readonly scheme: UpdateWords
  readonly place: Place
  /** Undefined where nothing is signed. */
  readonly finding: Finding | undefined
  /** Of an unsigned one. */
  readonly otherwise: 'E0' | 'E1' | 'E2'
  /** How sure it is that an unsigned one is a fault: `medium` where nothing is said; `elsewhere` where another finding tells, `inside` where an image of an unknown form may have one. */
  readonly unsigned?: 'low' | 'medium' | 'elsewhere' | 'inside'
  /** Parts that are not what their digests say, or are missing. */
  readonly differing: readonly Observed[]
  /** Parts that are installed or run, and that nothing signed speaks of. */
  readonly uncovered: readonly Observed[]
  /** The digest by which what is signed speaks of the rest, where that is another one than the signature's. */
  readonly contentDigest?: DigestName
  readonly gaps: readonly Gap[]
  readonly covers: readonly Part[]
  readonly rollback: readonly Rollback[]
  readonly description: Observed
}

/** One that is a link of the chain. */
export interface LinkedPackage extends Package {
  readonly scheme: UpdateScheme
}

/** The evidence about a package, and its link of the chain. */
export function packageEvidence(one: Package): readonly EvidenceDraft[] {
  const { finding, differing, uncovered } = one
  return [
    ...(finding ? [signatureDraft(one, finding)] : unsignedDrafts(one)),
    ...(differing.length > 0 ? [contentDraft(one)] : []),
    ...(finding && uncovered.length > 0 ? [uncoveredDraft(one)] : []),
    descriptionDraft(one),
    ...(finding?.result === 'holds' ? keyDrafts(one, finding) : []),
  ]
}

function draft(
  { scheme, place }: Package,
  kind: (typeof KINDS)[number],
  title: Text,
  observation: Observed,
  more: Pick<EvidenceDraft, 'polarity' | 'confidence'> & Partial<EvidenceDraft>,
): EvidenceDraft {
  return { kind: `update.${scheme.name}.${kind}`, place, ...SIGNED, title, observation, ...more }
}

function signatureDraft(one: Package, finding: Finding): EvidenceDraft {
  const { scheme } = one
  const observation: Observed = {
    result: finding.result,
    ...('because' in finding ? { because: finding.because } : {}),
    ...('why' in finding ? { why: finding.why } : { signed: finding.observed }),
    repeat: scheme.repeat,
  }
  switch (finding.result) {
    case 'fails':
      return draft(one, 'signature', say.refused(scheme), observation, {
        level: 'EX',
        polarity: 'against',
        confidence: {
          grade: finding.because === 'key' ? 'medium' : 'high',
          reason: say.FAILS[finding.because],
        },
        overturnedBy: say.AS_DELIVERED,
      })
    case 'unknown':
      return draft(one, 'signature', say.notVerified(scheme), observation, {
        level: 'E3',
        polarity: 'neutral',
        confidence: { grade: 'medium', reason: say.UNKNOWN[finding.why] },
      })
    case 'holds':
      return draft(
        one,
        'signature',
        say.verified(scheme, finding.level),
        {
          ...observation,
          algorithm: algorithmOf(finding.signature),
          digest: finding.digest ?? null,
          problems: finding.problems.map(({ code, certificate, detail }) => ({ code, certificate, detail })),
        },
        { level: finding.level, ...worth(one, finding) },
      )
  }
}

function worth(one: Package, finding: Holds): Pick<EvidenceDraft, 'polarity' | 'confidence'> {
  const neutral = (reason: Text) =>
    ({ polarity: 'neutral', confidence: { grade: 'medium', reason } }) as const
  if (finding.known.length > 0 || finding.leaked) return neutral(say.WORTHLESS)
  if (one.differing.length > 0) return neutral(say.OTHER_CONTENT)
  if (finding.level === 'E4') return neutral(say.TRAVELLING)
  if (finding.problems.some(({ code }) => REFUSED.has(code))) return neutral(say.NOT_TAKEN)
  const reason = finding.level === 'E6' ? say.TRUSTED : finding.sure ? say.NAMED : say.SOMEWHERE
  return { polarity: 'for', confidence: { grade: finding.sure ? 'high' : 'medium', reason } }
}

/** What a client refuses that verifies as OpenSSL does. */
const REFUSED: ReadonlySet<string> = new Set([
  'extended-key-usage',
  'key-usage',
  'not-an-authority',
  'path-too-long',
  'revoked',
  'unknown-critical',
])

function unsignedDrafts(one: Package): readonly EvidenceDraft[] {
  const { scheme, otherwise, unsigned = 'medium' } = one
  if (unsigned === 'elsewhere') return []
  if (unsigned === 'inside')
    return [
      draft(
        one,
        'unsigned',
        say.unsigned(scheme),
        { repeat: scheme.repeat },
        { level: otherwise, polarity: 'neutral', confidence: { grade: 'low', reason: say.INSIDE } },
      ),
    ]
  const found = draft(
    one,
    'unsigned',
    say.unsigned(scheme),
    { repeat: scheme.repeat },
    {
      level: otherwise,
      polarity: 'against',
      confidence: { grade: unsigned, reason: say.UNSIGNED[otherwise] },
      overturnedBy: say.REFUSES,
    },
  )
  return [found]
}

function contentDraft(one: Package): EvidenceDraft {
  return draft(
    one,
    'content',
    say.content(one.scheme),
    { parts: one.differing },
    {
      level: 'EX',
      polarity: 'against',
      confidence: { grade: 'high', reason: say.RECOMPUTED },
      overturnedBy: say.AS_DELIVERED,
    },
  )
}

function uncoveredDraft(one: Package): EvidenceDraft {
  return draft(
    one,
    'uncovered',
    say.uncovered(one.scheme),
    { parts: one.uncovered },
    {
      polarity: 'against',
      confidence: { grade: 'medium', reason: say.NO_DIGEST },
      overturnedBy: say.REFUSES,
    },
  )
}

function descriptionDraft(one: Package): EvidenceDraft {
  return draft(one, 'description', say.description(one.scheme), one.description, {
    polarity: 'neutral',
    confidence: { grade: 'high', reason: say.STATED },
  })
}

/** What is wrong with the key or the algorithm of a signature that holds. */
function keyDrafts(one: Package, finding: Holds): readonly EvidenceDraft[] {
  const { scheme } = one
  const against = (kind: (typeof KINDS)[number], title: Text, reason: Text, more: Observed) =>
    draft(
      one,
      kind,
      title,
      { signed: finding.observed, ...more },
      {
        polarity: 'against',
        confidence: { grade: 'high', reason },
        overturnedBy: say.REFUSES,
        ...(kind === 'weak' ? STRENGTH : {}),
      },
    )
  const revoked = finding.problems.filter(({ code }) => code === 'revoked')
  return [
    ...finding.known.map((known) =>
      against('known-key', say.knownKey(scheme, known), say.BY_FINGERPRINT, { published: known.id }),
    ),
    ...(finding.leaked ? [against('private-key', say.leakedKey(scheme), say.IN_RELEASE, {})] : []),
    ...(revoked.length > 0
      ? [
          against('revoked', say.revoked(scheme), say.BY_LIST, {
            revoked: revoked.map(({ certificate, detail }) => ({ certificate, since: detail })),
          }),
        ]
      : []),
    ...(isWeak(one, finding)
      ? [
          against('weak', say.weak(scheme), say.BY_ALGORITHM, {
            algorithm: algorithmOf(finding.signature),
            digest: finding.digest ?? null,
            ...(one.contentDigest ? { contentDigest: one.contentDigest } : {}),
          }),
        ]
      : []),
  ]
}

function isWeak({ contentDigest }: Package, { signature, digest }: Holds): boolean {
  const isShort = signature.type === 'rsa' && signature.bits < WEAK_RSA
  return isShort || [digest, contentDigest].some((one) => one !== undefined && isBrokenDigest(one))
}

function algorithmOf(signature: LinkSignature): string {
  switch (signature.type) {
    case 'rsa':
      return `RSA ${signature.bits} ${signature.padding}`
    case 'ecdsa':
      return `ECDSA ${signature.curve}`
    case 'ed25519':
      return 'Ed25519'
    case 'mac':
    case 'other':
      return signature.name
  }
}

/** The link of the chain that an update file is. */
export function packageLink(one: LinkedPackage): LinkFact {
  const { scheme, place, finding, differing, gaps, covers, rollback } = one
  const level = levelOf(one)
  const evidence = differing.length > 0 ? 'content' : finding ? 'signature' : 'unsigned'
  return {
    scheme: scheme.chain,
    evidence: `update.${scheme.name}.${evidence}`,
    name: '',
    holder: place.path,
    covers,
    gaps,
    level,
    ...(finding ? { signature: signatureOf(finding) } : {}),
    anchors: finding?.result === 'holds' ? finding.anchors : [],
    demand: { by: 'unknown' },
    rollback,
    open: [],
    repeat: scheme.repeat,
  }
}

function signatureOf(finding: Finding): LinkSignature {
  return finding.result === 'holds' ? finding.signature : { type: 'other', name: 'unknown' }
}

function levelOf({ finding, differing, otherwise }: Package): SignatureLevel {
  if (differing.length > 0 || finding?.result === 'fails') return 'EX'
  if (!finding) return otherwise
  return finding.result === 'holds' ? finding.level : 'E3'
}
