import type { Confidence, Polarity, SignatureLevel, Text } from '@messlatte/model'
import type { EvidenceDraft, Observation, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { knownKeyBy } from '../../known-keys/index.ts'
import type { Content } from './content.ts'
import type { McubootFact, SignatureTlv } from './facts.ts'
import type { Candidate, Image } from './keys.ts'
import * as say from './say.ts'
import type { Outcome } from './verify.ts'

export const SECURE_BOOT = { provisions: provisions(['5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const

/** One signature, with all that decides what it is worth. */
export interface Signed {
  readonly image: Image
  readonly tlv: SignatureTlv
  readonly content: Content
  readonly outcome: Outcome
  /** The user trusts some key. */
  readonly trusts: boolean
  /** Digests of keys whose private half lies in the release. */
  readonly leaked: ReadonlySet<string>
}

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
    kind: 'boot.mcuboot.signature',
    place: signaturePlace(one),
    observation: observed(one),
  }
}

export function signaturePlace({ image, tlv }: Signed): Place {
  return { ...image.place, offset: tlv.offset, length: tlv.length }
}

function judge(one: Signed): Judgement {
  const { image, outcome, content } = one
  const { version, pure, hashes } = image.data
  if (content.hashes.some(({ result }) => result === 'mismatch'))
    return against(version, say.OTHER_BYTES, 'high')
  if (!pure && hashes.length === 0) return against(version, say.NO_HASH, 'medium')
  switch (outcome.result) {
    case 'verified':
      return judgeVerified(one, outcome.keys)
    case 'refused':
      return against(version, say.REFUSED[outcome.because], outcome.because === 'named' ? 'high' : 'medium')
    case 'no-key':
      return neutral('E3', say.notVerified(version), say.NO_KEY)
    case 'unsupported':
      return neutral('E3', say.notVerified(version), say.UNSUPPORTED[outcome.why])
  }
}

function judgeVerified({ image, leaked, trusts }: Signed, keys: readonly Candidate[]): Judgement {
  const from = (origin: Candidate['origin']) => keys.filter((key) => key.origin === origin)
  const level = from('trusted').length > 0 ? 'E6' : from('earlier').length > 0 ? 'E5' : 'E4'
  const title = say.verified(image.data.version, level)
  if (keys.some((key) => key.known || leaked.has(key.spkiSha256)))
    return neutral(level, title, say.SIGNER_WORTHLESS)
  if (level === 'E4') {
    const reason = from('computed').length > 0 ? say.COMPUTED_REASON : say.TRAVELLING
    return neutral(level, title, trusts ? say.NOT_THE_TRUSTED : reason)
  }
  const certain = level === 'E6' || from('earlier').some(({ isLoader }) => isLoader)
  return {
    level,
    polarity: 'for',
    title,
    confidence: { grade: certain ? 'high' : 'medium', reason: certain ? say.PREPARED : say.SOMEWHERE },
  }
}

function against(version: string, reason: Text, grade: Confidence['grade']): Judgement {
  return {
    level: 'EX',
    polarity: 'against',
    title: say.refused(version),
    confidence: { grade, reason },
    overturnedBy: say.CUT_OR_OTHER_KEY,
  }
}

export function neutral(level: SignatureLevel, title: Text, reason: Text): Judgement {
  return { level, polarity: 'neutral', title, confidence: { grade: 'medium', reason } }
}

/** The signer's private key is in everybody's hands: by publication, or by this release. */
export function worthlessEvidence(one: Signed): readonly EvidenceDraft[] {
  const { outcome, tlv, leaked } = one
  const keys = outcome.result === 'verified' ? outcome.keys : []
  const common = { ...SECURE_BOOT, polarity: 'against', place: signaturePlace(one) } as const
  const distinct = [...new Map(keys.map((key) => [key.spkiSha256, key])).values()]
  const drafts = distinct.flatMap((key): readonly EvidenceDraft[] => [
    ...(key.known
      ? [
          {
            ...common,
            kind: 'boot.mcuboot.known-key',
            title: say.knownSigner(key.known),
            observation: { key: observedKey(key), published: key.known.id },
            confidence: { grade: 'high', reason: say.KNOWN_REASON },
            overturnedBy: say.NOT_STARTED,
          } as const,
        ]
      : []),
    ...(leaked.has(key.spkiSha256)
      ? [
          {
            ...common,
            kind: 'boot.mcuboot.private-key',
            title: say.LEAKED_SIGNER,
            observation: { key: observedKey(key) },
            confidence: { grade: 'high', reason: say.LEAKED_REASON },
            overturnedBy: say.NOT_STARTED,
          } as const,
        ]
      : []),
  ])
  // A key that is only named, because it is not at hand to verify with.
  const named = keys.length === 0 ? namedKnown(tlv) : undefined
  if (!named) return drafts
  return [
    {
      ...common,
      kind: 'boot.mcuboot.known-key',
      title: say.knownSigner(named),
      observation: { keyHash: tlv.keyHash ?? null, published: named.id },
      confidence: { grade: 'medium', reason: say.NAMED_REASON },
      overturnedBy: say.NOT_STARTED,
    },
  ]
}

function namedKnown({ keyHash, type }: SignatureTlv) {
  if (keyHash === undefined) return undefined
  return knownKeyBy(type === 'rsa2048-pss' || type === 'rsa3072-pss' ? 'pkcs1' : 'spki', keyHash)
}

function observed({ image, tlv, content, outcome }: Signed): Observation {
  return {
    ...observedImage(image.data),
    algorithm: tlv.type,
    pure: image.data.pure,
    keyHash: tlv.keyHash ?? null,
    keyInImage: tlv.publicKey !== undefined,
    result: outcome.result,
    ...('because' in outcome ? { because: outcome.because } : {}),
    ...('why' in outcome ? { why: outcome.why } : {}),
    keys: 'keys' in outcome ? outcome.keys.map(observedKey) : [],
    hashes: observedHashes(content),
    clear: content.clear,
    repeat: 'imgtool verify --key PUBLIC.pem IMAGE',
    enforcement:
      'open: the boot loader of a unit as it is sold, its configuration, and the lock of its flash',
  }
}

export function observedKey({ origin, from, spkiSha256, isLoader }: Candidate): Observation {
  return { origin, from, spkiSha256, besideSentencesOfMcuboot: isLoader }
}

export function observedHashes({ hashes }: Content): Observation {
  return hashes.map(({ hash, computed, result }) => ({
    algorithm: hash.algorithm,
    stated: hash.stated,
    computed: computed ?? null,
    result,
  }))
}

export function observedImage(data: McubootFact): { readonly [key: string]: Observation } {
  const { version, encrypted, compressed, bootable, counter, dependencies, tlvs } = data
  return {
    version,
    encrypted,
    compressed,
    bootable,
    securityCounter: counter ? { ...counter } : null,
    dependencies: dependencies.map((one) => ({ ...one })),
    tlvs: tlvs.map(({ name, protected: isProtected }) => ({ name, protected: isProtected })),
  }
}
