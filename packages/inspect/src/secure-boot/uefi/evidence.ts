import type { Certificate } from '@messlatte/bytes'
import type { Confidence, Polarity, SignatureLevel, Text } from '@messlatte/model'
import type { EvidenceDraft, Fact, Observation, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { knownCertificate, knownKey } from '../../known-keys/index.ts'
import { microsoftName } from './microsoft.ts'
import * as say from './say.ts'
import { type Image, isWeak, type Verified } from './verify.ts'

export const SECURE_BOOT = { provisions: provisions(['5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const
export const REPEAT = 'sbverify --list IMAGE; sbverify --cert CERTIFICATE IMAGE; pesign -h -i IMAGE'

interface Judgement {
  readonly level: SignatureLevel
  readonly polarity: Polarity
  readonly title: Text
  readonly confidence: Confidence
  readonly overturnedBy?: Text
}

export function signaturePlace({ image, signature }: Verified): Place {
  return { ...image.place, offset: signature.offset, length: signature.length }
}

export function signatureEvidence(
  one: Verified,
  leaked: ReadonlySet<string>,
  trusts: boolean,
): EvidenceDraft {
  return {
    ...SECURE_BOOT,
    ...judge(one, leaked, trusts),
    kind: 'boot.uefi.signature',
    place: signaturePlace(one),
    observation: observed(one),
  }
}

export function levelOf({ verdict }: Verified): SignatureLevel {
  if (verdict.result === 'holds') return verdict.level
  return verdict.result === 'unknown' ? 'E3' : 'EX'
}

function judge(one: Verified, leaked: ReadonlySet<string>, trusts: boolean): Judgement {
  const { image, verdict } = one
  const { role } = image.data
  const level = levelOf(one)
  const neutral = (title: Text, reason: Text): Judgement => ({
    level,
    polarity: 'neutral',
    title,
    confidence: { grade: 'medium', reason },
  })
  const against = (reason: Text): Judgement => ({
    level,
    polarity: 'against',
    title: say.refused(role),
    confidence: { grade: 'high', reason },
    overturnedBy: say.CUT_OR_OTHER,
  })
  switch (verdict.result) {
    case 'other-bytes':
      return against(say.OTHER_BYTES)
    case 'fails':
      return against(say.FAILS[verdict.because])
    case 'unknown':
      return neutral(say.notVerified(role), say.UNKNOWN[verdict.because])
    case 'holds': {
      const title = say.verified(role, verdict.level)
      if (verdict.path.some((certificate) => isWorthless(certificate, leaked)))
        return neutral(title, say.WORTHLESS)
      if (verdict.revokedBy) return neutral(title, say.REVOKED_BUT_HOLDS)
      if (verdict.level === 'E4') return neutral(title, trusts ? say.NOT_THE_TRUSTED : say.TRAVELLING)
      const reason = verdict.level === 'E6' ? say.TRUSTED : say.PREPARED
      return { level, polarity: 'for', title, confidence: { grade: 'high', reason } }
    }
  }
}

function isWorthless({ sha256, spkiSha256 }: Certificate, leaked: ReadonlySet<string>): boolean {
  return (
    knownCertificate(sha256) !== undefined || knownKey(spkiSha256) !== undefined || leaked.has(spkiSha256)
  )
}

function observed({ image, stated, signer, signers, verdict, signature }: Verified): Observation {
  const { digests, unified } = image.data
  const computed = stated?.algorithm === undefined ? undefined : digests[stated.algorithm]
  return {
    role: image.data.role,
    signer,
    signers,
    type: signature.type,
    digest: stated
      ? { algorithm: stated.algorithm ?? stated.oid, stated: stated.value, computed: computed ?? null }
      : null,
    result: verdict.result,
    ...('because' in verdict ? { because: verdict.because } : {}),
    path: verdict.result === 'holds' ? verdict.path.map(observedCertificate) : [],
    anchors:
      verdict.result === 'holds'
        ? verdict.anchors.map(({ kept, place }) => ({ kept, path: place.path }))
        : [],
    trusted: verdict.result === 'holds' ? (verdict.trusted ?? null) : null,
    sections: unified,
    repeat: REPEAT,
    enforcement: 'open: mokutil --sb-state and efi-readvar on a unit as it is sold',
  }
}

function observedCertificate({ subject, sha256, spkiSha256 }: Certificate): Observation {
  const wellKnown = microsoftName(sha256)
  return { subject: subject.text, sha256, spkiSha256, ...(wellKnown ? { wellKnown } : {}) }
}

/** Signers that anybody can be, and images that are revoked. */
export function worthlessEvidence(one: Verified, leaked: ReadonlySet<string>): readonly EvidenceDraft[] {
  const { image, verdict } = one
  if (verdict.result !== 'holds') return []
  const { role } = image.data
  const common = { ...SECURE_BOOT, polarity: 'against', place: signaturePlace(one) } as const
  const drafts: EvidenceDraft[] = []
  for (const certificate of verdict.path) {
    const { sha256, spkiSha256 } = certificate
    const known = knownCertificate(sha256) ?? knownKey(spkiSha256)
    const observation = { certificate: observedCertificate(certificate), repeat: REPEAT }
    if (known)
      drafts.push({
        ...common,
        kind: 'boot.uefi.known-key',
        title: say.knownSigner(role, known),
        observation: { ...observation, published: known.id },
        confidence: { grade: 'high', reason: say.BY_FINGERPRINT },
        overturnedBy: say.NOT_STARTED,
      })
    if (leaked.has(spkiSha256))
      drafts.push({
        ...common,
        kind: 'boot.uefi.private-key',
        title: say.leakedSigner(role),
        observation,
        confidence: { grade: 'high', reason: say.IN_RELEASE },
        overturnedBy: say.NOT_STARTED,
      })
  }
  if (verdict.revokedBy) drafts.push(revokedEvidence(image, verdict.revokedBy))
  return drafts
}

export function revokedEvidence({ place, data }: Image, list: Fact<'boot.uefi.keys'>): EvidenceDraft {
  return {
    ...SECURE_BOOT,
    kind: 'boot.uefi.revoked',
    polarity: 'against',
    place,
    title: say.revoked(data.role),
    observation: {
      digests: data.digests,
      list: {
        name: list.data.name,
        kept: list.data.kept,
        path: list.place.path,
      },
      repeat: 'pesign -h -i IMAGE; efi-readvar -v dbx',
    },
    confidence: { grade: 'high', reason: say.BY_LIST },
    overturnedBy: say.NOT_STARTED,
  }
}

/** All signatures of an image are over a digest that is broken. */
export function weakEvidence(all: readonly Verified[]): readonly EvidenceDraft[] {
  const [first] = all
  if (!first || !all.every(({ stated }) => isWeak(stated?.algorithm))) return []
  const { place, data } = first.image
  return [
    {
      ...SECURE_BOOT,
      kind: 'boot.uefi.weak-digest',
      polarity: 'against',
      place,
      title: say.weak(data.role),
      observation: { algorithms: all.map(({ stated }) => stated?.algorithm ?? null), repeat: REPEAT },
      confidence: { grade: 'medium', reason: say.WEAK_REASON },
      overturnedBy: say.NOT_STARTED,
    },
  ]
}

export function uncoveredEvidence({ place, data }: Image): readonly EvidenceDraft[] {
  if (data.uncovered.length === 0 || data.signatures.length === 0) return []
  return [
    {
      ...SECURE_BOOT,
      kind: 'boot.uefi.not-covered',
      polarity: 'neutral',
      place,
      title: say.notCovered(data.role),
      observation: { ranges: data.uncovered.map((range) => ({ ...range })), repeat: 'objdump -h IMAGE' },
      confidence: { grade: 'medium', reason: say.NOT_COVERED_REASON },
    },
  ]
}
