import type { Confidence, Json, SignatureLevel, Text } from '@messlatte/model'
import type { EvidenceDraft, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { KnownKey } from '../../known-keys/index.ts'
import type { KeyRing, SignerKey } from './keys.ts'
import { judge, type Outcome } from './outcome.ts'
import * as say from './say.ts'
import type { Scheme } from './scheme.ts'

type Observed = { readonly [key: string]: Json }

const CASES = cases('5.7-1-1', '5.7-1-2')

function common({ name, provisions: touched }: Scheme, kind: string, place: Place) {
  return { kind: `boot.${name}.${kind}`, provisions: touched, cases: CASES, place } as const
}

/** The signature, and what its key is worth: each key that everybody has, or that the release gives away, is told by itself. */
export function signatureEvidence(
  scheme: Scheme,
  place: Place,
  ring: KeyRing,
  outcome: Outcome,
  observed: Observed,
): readonly EvidenceDraft[] {
  const keys = 'keys' in outcome ? outcome.keys : []
  const signature: EvidenceDraft = {
    ...common(scheme, 'signature', place),
    ...judge(scheme, ring, outcome),
    observation: {
      ...observed,
      result: outcome.result,
      ...('because' in outcome ? { because: outcome.because } : {}),
      ...('why' in outcome ? { why: outcome.why } : {}),
      keys: keys.map(observedKey),
      repeat: scheme.repeat,
      enforcement: scheme.enforcement,
    },
  }
  return [
    signature,
    ...(outcome.result === 'verified' ? keys : []).flatMap((key) => worthlessSigner(scheme, place, key)),
  ]
}

/** The same of a key that an earlier stage carries to verify with, whether it verified something here or not. */
export function worthlessAnchor(scheme: Scheme, place: Place, key: SignerKey): readonly EvidenceDraft[] {
  return worthless(scheme, place, key, say.LEAKED_ANCHOR, say.NOT_THE_ANCHOR, say.knownAnchor)
}

function worthlessSigner(scheme: Scheme, place: Place, key: SignerKey): readonly EvidenceDraft[] {
  return worthless(scheme, place, key, say.leakedSigner(scheme), say.NOT_STARTED, (known) =>
    say.knownSigner(scheme, known),
  )
}

function worthless(
  scheme: Scheme,
  place: Place,
  key: SignerKey,
  leakedTitle: Text,
  overturnedBy: Text,
  knownTitle: (known: KnownKey) => Text,
): readonly EvidenceDraft[] {
  const { known, leaked } = key
  const against = (kind: string, title: Text, reason: Text, more: Observed): EvidenceDraft => ({
    ...common(scheme, kind, place),
    polarity: 'against',
    title,
    observation: { key: observedKey(key), ...more },
    confidence: { grade: 'high', reason },
    overturnedBy,
  })
  return [
    ...(known ? [against('known-key', knownTitle(known), say.KNOWN_REASON, { published: known.id })] : []),
    ...(leaked ? [against('private-key', leakedTitle, say.LEAKED_REASON, {})] : []),
  ]
}

export function observedKey({ origin, from, spkiSha256 }: SignerKey): Json {
  return { origin, from, spkiSha256 }
}

/** A signature that holds speaks for nothing where bytes that it leaves out are loaded as well: what is told of these counts. */
export function besideGaps(draft: EvidenceDraft): EvidenceDraft {
  if (draft.polarity !== 'for') return draft
  return { ...draft, polarity: 'neutral', confidence: { grade: 'high', reason: say.LEAVES_OUT } }
}

/** It carries no signature where one could stand. */
export function unsignedEvidence(
  scheme: Scheme,
  place: Place,
  level: 'E0' | 'E1' | 'E2',
  observed: Observed,
  reason: Text = say.UNSIGNED_REASON[level],
): EvidenceDraft {
  return {
    ...common(scheme, 'unsigned', place),
    polarity: 'against',
    level,
    title: say.unsigned(scheme),
    observation: { ...observed, enforcement: scheme.enforcement },
    confidence: { grade: 'medium', reason },
    overturnedBy: say.SIGNED_ELSEWHERE,
  }
}

/** A digest that a header states is not that of what it stands for. */
export function mismatchEvidence(
  scheme: Scheme,
  place: Place,
  what: Text,
  observed: Observed,
): EvidenceDraft {
  return {
    ...common(scheme, 'hash-mismatch', place),
    polarity: 'against',
    level: 'EX',
    title: say.hashMismatch(what),
    observation: observed,
    confidence: { grade: 'high', reason: say.RECOMPUTED },
    overturnedBy: say.CUT,
  }
}

/** The number that is to rise with each version, or that there is none. */
export function rollbackEvidence(
  scheme: Scheme,
  place: Place,
  counter: number | undefined,
  observed: Observed,
): EvidenceDraft {
  return {
    ...common(scheme, 'rollback', place),
    provisions: provisions(['5.3-2', '5.7-1']),
    cases: [],
    polarity: 'neutral',
    title: counter === undefined ? say.noCounter(scheme) : say.counter(scheme, counter),
    observation: { counter: counter ?? null, ...observed, enforcement: scheme.enforcement },
    confidence: {
      grade: 'medium',
      reason: counter === undefined ? say.NO_COUNTER_REASON : say.COUNTER_REASON,
    },
  }
}

/** Any other thing that is said about what a scheme carries. */
export function otherEvidence(
  scheme: Scheme,
  kind: string,
  place: Place,
  more: {
    readonly polarity: 'against' | 'neutral'
    readonly level?: SignatureLevel
    readonly title: Text
    readonly observation: Observed
    readonly confidence: Confidence
    readonly overturnedBy?: Text
  },
): EvidenceDraft {
  return { ...common(scheme, kind, place), ...more }
}
