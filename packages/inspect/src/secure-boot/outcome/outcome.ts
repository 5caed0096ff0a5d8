import type { PublicKey } from '@messlatte/bytes'
import type { Confidence, Polarity, SignatureLevel, Text } from '@messlatte/model'
import { type Candidate, type KeyRing, keysToTry, type SignerKey, trusts } from './keys.ts'
import * as say from './say.ts'
import type { Scheme } from './scheme.ts'

/** What verifying one signature came to. */
export type Outcome =
  | { readonly result: 'verified'; readonly keys: readonly SignerKey[] }
  | {
      readonly result: 'refused'
      /** The key that the file names; the only one at hand; or what is signed is not what is there. */
      readonly because: 'named' | 'only' | 'other-bytes'
      readonly keys: readonly SignerKey[]
    }
  | { readonly result: 'not-verified'; readonly why: keyof typeof say.NOT_VERIFIED }

/** Tries the keys at hand. `named`: the file itself tells which key it is signed with, so that another one proves nothing. */
export function verifyBy(
  ring: KeyRing,
  candidates: readonly Candidate[],
  fits: (key: PublicKey) => boolean,
  holds: (key: PublicKey) => boolean,
  named = false,
): Outcome {
  const tried = keysToTry(ring, candidates, fits).map(({ key, signer }) => ({ signer, ok: holds(key) }))
  const keys = tried.filter(({ ok }) => ok).map(({ signer }) => signer)
  if (keys.length > 0) return { result: 'verified', keys }
  const signers = tried.map(({ signer }) => signer)
  if (named) {
    const meant = new Set(candidates.map(({ key }) => key.spkiSha256))
    return {
      result: 'refused',
      because: 'named',
      keys: signers.filter(({ spkiSha256 }) => meant.has(spkiSha256)),
    }
  }
  const anchors = signers.filter(({ origin }) => origin === 'trusted' || origin === 'earlier')
  if (anchors.length === 1) return { result: 'refused', because: 'only', keys: anchors }
  return { result: 'not-verified', why: 'no-key' }
}

export interface Judgement {
  readonly level: SignatureLevel
  readonly polarity: Polarity
  readonly title: Text
  readonly confidence: Confidence
  readonly overturnedBy?: Text
}

/** What a signature is worth: levels E3 to E6, and EX. */
export function judge(scheme: Scheme, ring: KeyRing, outcome: Outcome): Judgement {
  switch (outcome.result) {
    case 'verified':
      return judgeVerified(scheme, ring, outcome.keys)
    case 'refused':
      return {
        level: 'EX',
        polarity: 'against',
        title: say.refused(scheme),
        confidence: {
          grade: outcome.because === 'only' ? 'medium' : 'high',
          reason: say.REFUSED[outcome.because],
        },
        overturnedBy: say.CUT_OR_OTHER_KEY,
      }
    case 'not-verified':
      return neutral('E3', say.notVerified(scheme), say.NOT_VERIFIED[outcome.why])
  }
}

function judgeVerified(scheme: Scheme, ring: KeyRing, keys: readonly SignerKey[]): Judgement {
  const has = (origin: SignerKey['origin']) => keys.some((key) => key.origin === origin)
  const level = has('trusted') ? 'E6' : has('earlier') ? 'E5' : 'E4'
  const title = say.verified(scheme, level)
  if (keys.some(({ known, leaked }) => known || leaked)) return neutral(level, title, say.SIGNER_WORTHLESS)
  if (level === 'E4') return neutral(level, title, trusts(ring) ? say.NOT_THE_TRUSTED : say.TRAVELLING)
  const sure = level === 'E6' || keys.some((key) => key.origin === 'earlier' && key.sure)
  return {
    level,
    polarity: 'for',
    title,
    confidence: { grade: sure ? 'high' : 'medium', reason: sure ? say.PREPARED : say.SOMEWHERE },
  }
}

function neutral(level: SignatureLevel, title: Text, reason: Text): Judgement {
  return { level, polarity: 'neutral', title, confidence: { grade: 'medium', reason } }
}
