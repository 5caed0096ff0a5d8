import type { Certificate } from '@messlatte/bytes'
import type { SignatureLevel } from '@messlatte/model'
import type { EvidenceDraft, Fact, Facts, Observation, ReduceOut, Settings } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { knownCertificate, knownKey } from '../../known-keys/index.ts'
import type { LinkFact } from '../chain/facts.ts'
import { linkAnchors, linkSignature } from '../pkcs7/link.ts'
import { readPkcs7 } from '../pkcs7/read.ts'
import {
  type AnchorCertificate,
  certificateOf,
  digested,
  namedSigner,
  type Outcome,
  verifyWith,
} from '../pkcs7/verify.ts'
import * as say from './say.ts'

const UPDATE = {
  provisions: provisions(['5.3-2', '5.3-9', '5.3-10']),
  cases: cases('5.3-2-1', '5.3-9-1', '5.3-10-1'),
} as const
type Payload = Fact<'boot.uefi.capsule'>

/** One payload, with what its signature comes to. */
interface Judged {
  readonly payload: Payload
  /** Undefined where there is no signature, or none that can be read. */
  readonly outcome: Outcome | undefined
  readonly signer: string | undefined
  readonly level: SignatureLevel
}

/** Reduce: verifies every payload with the certificates of firmware and of the user. */
export function concludeCapsules(facts: Facts, out: ReduceOut, settings: Settings): void {
  const anchors = facts.of('boot.uefi.capsule-key').map(
    ({ place, data }): AnchorCertificate => ({
      certificate: certificateOf(data.der),
      place,
      kept: data.kept,
    }),
  )
  const leaked = new Set(
    facts.of('key.private').flatMap(({ data }) => (data.sample === undefined ? [data.spkiSha256] : [])),
  )
  for (const payload of facts.of('boot.uefi.capsule')) {
    const judged = judge(payload, anchors, settings)
    const draft = payloadEvidence(judged, leaked)
    out.evidence(draft)
    out.fact('chain.link', draft.place, linkOf(judged, draft, leaked))
    for (const worthless of signerEvidence(judged, leaked)) out.evidence(worthless)
  }
  const told = new Set<string>()
  for (const anchor of anchors) {
    if (told.has(anchor.certificate.sha256)) continue
    told.add(anchor.certificate.sha256)
    for (const draft of anchorEvidence(anchor)) out.evidence(draft)
  }
}

function judge(payload: Payload, anchors: readonly AnchorCertificate[], settings: Settings): Judged {
  const { signature, cut } = payload.data
  if (!signature) return { payload, outcome: undefined, signer: undefined, level: cut ? 'E3' : 'E0' }
  const data =
    signature.der === undefined || cut ? undefined : readPkcs7(Buffer.from(signature.der, 'base64'))
  const [signer] = data?.signers ?? []
  if (!data || !signer) return { payload, outcome: undefined, signer: undefined, level: 'E3' }
  const outcome = verifyWith(data, signer, digested(signature.digests), anchors, settings)
  const level = outcome.result === 'holds' ? outcome.level : outcome.result === 'fails' ? 'EX' : 'E3'
  return { payload, outcome, signer: namedSigner(data, signer), level }
}

function payloadEvidence(judged: Judged, leaked: ReadonlySet<string>): EvidenceDraft {
  const { payload, outcome, level } = judged
  const { signature, cut } = payload.data
  const place = signature
    ? { ...payload.place, offset: signature.offset, length: signature.length }
    : payload.place
  const common = {
    ...UPDATE,
    kind: 'boot.uefi.capsule',
    level,
    place,
    observation: observed(judged),
  } as const
  if (level === 'E0')
    return {
      ...common,
      polarity: 'against',
      title: say.UNSIGNED,
      confidence: { grade: 'medium', reason: say.NO_SIGNATURE },
      overturnedBy: say.REFUSES,
    }
  if (level === 'EX')
    return {
      ...common,
      polarity: 'against',
      title: say.REFUSED,
      confidence: { grade: 'high', reason: say.FAILS },
      overturnedBy: say.AS_DELIVERED,
    }
  if (outcome?.result !== 'holds')
    return {
      ...common,
      polarity: 'neutral',
      title: say.NOT_VERIFIED,
      confidence: { grade: 'medium', reason: cut ? say.CUT : say.UNKNOWN },
    }
  const title = say.verified(outcome.level)
  const worthless = outcome.path.some((one) => knownOf(one) !== undefined || leaked.has(one.spkiSha256))
  if (worthless || outcome.level === 'E4')
    return {
      ...common,
      polarity: 'neutral',
      title,
      confidence: { grade: 'medium', reason: worthless ? say.WORTHLESS : say.TRAVELLING },
    }
  const confidence =
    outcome.level === 'E6'
      ? ({ grade: 'high', reason: say.TRUSTED } as const)
      : ({ grade: 'medium', reason: say.FOUND } as const)
  return { ...common, polarity: 'for', title, confidence }
}

function observed({ payload: { data }, outcome, signer }: Judged): Observation {
  const holds = outcome?.result === 'holds' ? outcome : undefined
  return {
    payload: data.index,
    type: data.type,
    version: data.version ? { ...data.version } : null,
    monotonicCount: data.signature?.monotonicCount ?? null,
    signer: signer ?? null,
    result: outcome?.result ?? (data.signature ? 'unreadable' : 'unsigned'),
    path: holds?.path.map(observedCertificate) ?? [],
    anchors: holds?.anchors.map(({ kept, place }) => ({ kept, path: place.path })) ?? [],
    repeat:
      'the signed bytes: all behind the signature up to the end of the image, then the count (8 bytes, little endian)',
  }
}

function observedCertificate({ subject, sha256, spkiSha256 }: Certificate): Observation {
  return { subject: subject.text, sha256, spkiSha256 }
}

function knownOf({ sha256, spkiSha256 }: Certificate) {
  return knownCertificate(sha256) ?? knownKey(spkiSha256)
}

function signerEvidence({ payload, outcome }: Judged, leaked: ReadonlySet<string>): readonly EvidenceDraft[] {
  if (outcome?.result !== 'holds') return []
  return outcome.path.flatMap((certificate): readonly EvidenceDraft[] => {
    const known = knownOf(certificate)
    const common = {
      ...UPDATE,
      kind: 'boot.uefi.capsule-signer',
      polarity: 'against',
      place: payload.place,
      overturnedBy: say.REFUSES,
    } as const
    const observation = {
      certificate: observedCertificate(certificate),
      repeat: 'openssl pkcs7 -inform DER -print_certs',
    }
    return [
      ...(known
        ? [
            {
              ...common,
              title: say.knownSigner(known),
              observation: { ...observation, published: known.id },
              confidence: { grade: 'high', reason: say.BY_FINGERPRINT },
            } as const,
          ]
        : []),
      ...(leaked.has(certificate.spkiSha256)
        ? [
            {
              ...common,
              title: say.LEAKED_SIGNER,
              observation,
              confidence: { grade: 'high', reason: say.IN_RELEASE },
            } as const,
          ]
        : []),
    ]
  })
}

/** Firmware that would take capsules of anybody. */
function anchorEvidence({ certificate, place, kept }: AnchorCertificate): readonly EvidenceDraft[] {
  const known = knownOf(certificate)
  if (!known) return []
  return [
    {
      ...UPDATE,
      kind: 'boot.uefi.capsule-signer',
      polarity: 'against',
      place,
      title: say.knownAnchor(known),
      observation: {
        certificate: observedCertificate(certificate),
        kept,
        published: known.id,
        repeat: 'openssl x509 -inform DER',
      },
      confidence: { grade: 'medium', reason: say.BY_FINGERPRINT },
      overturnedBy: say.REFUSES,
    },
  ]
}

function linkOf(
  { payload, outcome, level, signer }: Judged,
  { kind }: EvidenceDraft,
  leaked: ReadonlySet<string>,
): LinkFact {
  const { place, data } = payload
  return {
    scheme: 'uefi-capsule',
    evidence: kind,
    name: signer ?? '',
    holder: place.path,
    covers: [
      {
        path: place.path,
        stage: 'update',
        name: `payload ${data.index}`,
        offset: place.offset,
        length: place.length,
      },
    ],
    gaps: [],
    level,
    ...(data.signature ? { signature: linkSignature(outcome ?? { result: 'unknown' }) } : {}),
    anchors: outcome ? linkAnchors(outcome, leaked) : [],
    demand: { by: 'unknown' },
    rollback: [
      { name: 'lowest-version', value: data.version?.lowestVersion, signed: data.signature !== undefined },
    ],
    open: [],
    repeat: 'fwupdtool get-details CAPSULE',
  }
}
