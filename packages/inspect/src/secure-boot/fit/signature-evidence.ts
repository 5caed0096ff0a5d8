import type { Confidence, Polarity, SignatureLevel, Text } from '@messlatte/model'
import type { EvidenceDraft, Fact, Observation, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { type ImageContent, weakest } from './content.ts'
import type { Configuration, ConfigurationSignature, FitFact } from './facts.ts'
import type { Candidate, Control } from './keys.ts'
import { isDemanded, type Outcome } from './outcome.ts'
import * as say from './say.ts'
import { signatureAlgorithm } from './verify.ts'

/** One signature of a configuration, with all that decides what it is worth. */
export interface Signed {
  readonly fit: Fact<'boot.fit'>
  readonly data: FitFact
  readonly configuration: Configuration
  readonly node: ConfigurationSignature
  readonly outcome: Outcome
  /** What the configuration starts, as far as it is there. */
  readonly images: readonly ImageContent[]
  readonly controls: readonly Control[]
  /** Digests of all keys that verify any signature of the configuration. */
  readonly verified: ReadonlySet<string>
  /** Digests of keys whose private half lies in the release. */
  readonly leaked: ReadonlySet<string>
}

export const SECURE_BOOT = { provisions: provisions(['5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const

/** Properties of a configuration that boot loaders start something from. */
const STARTED: ReadonlySet<string> = new Set([
  'kernel',
  'fdt',
  'ramdisk',
  'firmware',
  'standalone',
  'loadables',
  'setup',
  'fpga',
  'script',
])

interface Judgement {
  readonly level: SignatureLevel
  readonly polarity: Polarity
  readonly title: Text
  readonly confidence: Confidence
  readonly overturnedBy?: Text
}

export function signatureEvidence(one: Signed): EvidenceDraft {
  return {
    ...SECURE_BOOT,
    ...judge(one),
    kind: 'boot.fit.signature',
    place: signaturePlace(one),
    observation: observed(one),
  }
}

function judge(one: Signed): Judgement {
  const { outcome, configuration } = one
  const name = configuration.name
  switch (outcome.result) {
    case 'verified':
      return judgeVerified(one, outcome.keys)
    case 'listed-only':
      return {
        level: 'EX',
        polarity: 'against',
        title: say.listedOnly(name),
        confidence: { grade: 'high', reason: say.LISTED_ONLY_REASON },
        overturnedBy: say.NOT_BOOTED,
      }
    case 'refused':
      return {
        level: 'EX',
        polarity: 'against',
        title: say.refused(name),
        confidence: {
          grade: outcome.because === 'only' ? 'medium' : 'high',
          reason: say.REFUSED[outcome.because],
        },
        overturnedBy: say.CUT_OR_OTHER_KEY,
      }
    case 'no-key':
      return neutral('E3', say.noKey(name), say.NO_KEY_REASON)
    case 'unsupported':
      return neutral('E3', say.notVerified(name), say.UNSUPPORTED[outcome.why])
  }
}

function judgeVerified(one: Signed, keys: readonly Candidate[]): Judgement {
  const { configuration, images } = one
  const name = configuration.name
  const state = weakest(images)
  switch (state) {
    case 'mismatch':
      return {
        level: 'EX',
        polarity: 'against',
        title: say.signedOtherBytes(name),
        confidence: { grade: 'high', reason: say.RECOMPUTED },
        overturnedBy: say.CUT_OR_OTHER_KEY,
      }
    case 'unread':
      return neutral('E3', say.notVerified(name), say.UNREAD_REASON)
    case 'none':
      return neutral('E0', say.contentOpen(name), say.WEAKEST_LINK)
    case 'checksum':
      return neutral('E1', say.contentOpen(name), say.WEAKEST_LINK)
    case 'weak-hash':
      return neutral('E2', say.contentOpen(name), say.WEAKEST_LINK)
    case 'strong':
      return missingImages(configuration).length > 0
        ? neutral('E3', say.notVerified(name), say.MISSING_REASON)
        : judgeStrong(one, keys)
  }
}

/** All that is started is covered by a good hash under a signature that verifies: what counts now is whose key it is. */
function judgeStrong(one: Signed, keys: readonly Candidate[]): Judgement {
  const name = one.configuration.name
  const from = (origin: Candidate['origin']) => keys.some((key) => key.origin === origin)
  const level = from('trusted') ? 'E6' : from('earlier') ? 'E5' : 'E4'
  const title = say.verified(name, level)
  if (level === 'E4') return neutral(level, title, say.TRAVELLING_REASON)
  if (keys.some(({ known, spkiSha256 }) => known || one.leaked.has(spkiSha256))) {
    return neutral(level, title, say.SIGNER_WORTHLESS)
  }
  if (!one.node.namesHashed || signatureAlgorithm(one.node.algorithm)?.digest === 'sha1') {
    return neutral(level, title, say.SIGNATURE_WEAK)
  }
  if (level === 'E5' && !isDemanded(one.controls, one.verified))
    return neutral(level, title, say.NOT_DEMANDED)
  const misleading = one.data.oddities.some(({ what }) => what !== 'odd-name')
  return {
    level,
    polarity: 'for',
    title,
    confidence: misleading
      ? { grade: 'medium', reason: say.MISLEADING_NAMES }
      : { grade: 'high', reason: say.PREPARED },
  }
}

function neutral(level: SignatureLevel, title: Text, reason: Text): Judgement {
  return { level, polarity: 'neutral', title, confidence: { grade: 'medium', reason } }
}

export function signaturePlace({ fit, node }: Signed): Place {
  return { ...fit.place, offset: node.offset, length: node.length }
}

function missingImages({ references }: Configuration): readonly string[] {
  return references
    .filter(({ present, property }) => !present && STARTED.has(property))
    .map(({ image }) => image)
}

function observed(one: Signed): Observation {
  const { configuration, node, outcome, images, data } = one
  const keys = 'keys' in outcome ? outcome.keys : []
  return {
    configuration: configuration.name,
    default: configuration.isDefault,
    node: node.node,
    algorithm: node.algorithm,
    padding: node.padding,
    keyNameHint: node.keyNameHint,
    result: outcome.result,
    ...('why' in outcome ? { why: outcome.why } : {}),
    keys: keys.map(observedKey),
    covers: images.map(({ image }) => image.name),
    missing: missingImages(configuration),
    images: images.map(observedContent),
    rootFileSystem: configuration.references.some(
      ({ property, present }) => property === 'ramdisk' && present,
    )
      ? 'ramdisk-of-this-configuration'
      : 'not-in-this-configuration',
    oddities: data.oddities.map(({ what, node: at }) => ({ what, node: at })),
    repeat: 'fit_check_sign -f FIT -k CONTROL.dtb -c CONFIGURATION',
  }
}

export function observedKey({ origin, from, node, hint, required, spkiSha256 }: Candidate): Observation {
  return { origin, from, node: node ?? null, hint, required: required ?? null, spkiSha256 }
}

export function observedContent({ image, state, hashes }: ImageContent): Observation {
  return {
    image: image.name,
    type: image.type,
    encrypted: image.encrypted,
    state,
    hashes: hashes.map(({ hash, computed, result }) => ({
      algorithm: hash.algorithm,
      stated: hash.value,
      computed: computed ?? null,
      result,
    })),
  }
}

/** The signer's private key is in everybody's hands: by publication, or by this release. */
export function knownSignerEvidence(one: Signed): readonly EvidenceDraft[] {
  const { outcome, configuration, node, leaked } = one
  if (outcome.result !== 'verified' && outcome.result !== 'listed-only') return []
  const distinct = new Map(outcome.keys.map((key) => [key.spkiSha256, key]))
  return [...distinct.values()].flatMap((key): readonly EvidenceDraft[] => {
    const about = { configuration: configuration.name, node: node.node, key: observedKey(key) }
    const common = { ...SECURE_BOOT, polarity: 'against', place: signaturePlace(one) } as const
    const drafts: EvidenceDraft[] = []
    if (key.known) {
      drafts.push({
        ...common,
        kind: 'boot.fit.known-key',
        title: say.knownSigner(key.known),
        observation: { ...about, published: key.known.id },
        confidence: { grade: 'high', reason: say.KNOWN_REASON },
        overturnedBy: say.NOT_BOOTED,
      })
    }
    if (leaked.has(key.spkiSha256)) {
      drafts.push({
        ...common,
        kind: 'boot.fit.private-key',
        title: say.LEAKED_SIGNER,
        observation: about,
        confidence: { grade: 'high', reason: say.LEAKED_REASON },
        overturnedBy: say.NOT_BOOTED,
      })
    }
    return drafts
  })
}

/** What a signature says that it covers, beside what it would have to. */
export function coverageEvidence(one: Signed): readonly EvidenceDraft[] {
  const { outcome, configuration, node } = one
  const open = outcome.result === 'listed-only' || (outcome.result === 'verified' && !node.namesHashed)
  const differs = node.leftOut.length + node.added.length > 0
  if (!differs && !open) return []
  return [
    {
      ...SECURE_BOOT,
      kind: 'boot.fit.hashed-nodes-differ',
      polarity: open ? 'against' : 'neutral',
      place: signaturePlace(one),
      title: say.hashedNodesDiffer(configuration.name, differs),
      observation: {
        configuration: configuration.name,
        node: node.node,
        leftOut: node.leftOut,
        added: node.added,
        namesHashed: node.namesHashed,
        result: outcome.result,
      },
      confidence: { grade: open ? 'high' : 'medium', reason: open ? say.OPEN_COVERAGE : say.OTHER_LIST },
      ...(open ? { overturnedBy: say.NOT_BOOTED } : {}),
    },
  ]
}
