import { readPublicKey } from '@messlatte/bytes'
import type { Json } from '@messlatte/model'
import type { EvidenceDraft, Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { LinkSignature, Stage } from '../chain/facts.ts'
import { mismatchEvidence, otherEvidence, rollbackEvidence, signatureEvidence } from '../outcome/evidence.ts'
import { type Candidate, type KeyRing, keyRing } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { judge, type Outcome, verifyBy } from '../outcome/outcome.ts'
import type { K3Fact } from './facts.ts'
import * as say from './say.ts'
import { TI_K3 } from './scheme.ts'

type Image = Fact<'boot.ti-k3.image'>

/** Kinds of debugging that open something: public, and all. */
const OPENS: ReadonlySet<number> = new Set([2, 4])

export function concludeTiK3(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  for (const image of facts.of('boot.ti-k3.image')) {
    const { data, place } = image
    const outcome = outcomeOf(image, ring)
    const observed = observedImage(data)
    for (const draft of signatureEvidence(TI_K3, place, ring, outcome, observed)) out.evidence(draft)
    for (const { at, length, result } of data.components) {
      if (result === 'mismatch')
        out.evidence(mismatchEvidence(TI_K3, { ...place, offset: at, length }, say.COMPONENT, observed))
    }
    out.evidence(rollbackEvidence(TI_K3, place, data.revision, observed))
    if (data.debug?.anyUnit && OPENS.has(data.debug.type)) out.evidence(debugEvidence(image, data.debug.type))
    const stage: Stage = data.reader === 'system-firmware' ? 'bootloader' : 'bootloader-first'
    out.fact(
      'chain.link',
      place,
      linkOf(TI_K3, place, {
        evidence: 'signature',
        level: judge(TI_K3, ring, outcome).level,
        covers: data.components.map(({ name }) => ({
          path: `${place.path}/${name}`,
          stage,
          name,
          ...(data.encrypted ? { encrypted: true } : {}),
        })),
        signature: signatureOf(data),
        ...(data.hash ? { hash: data.hash } : {}),
        keys: 'keys' in outcome ? outcome.keys : [],
        rollback: data.revision === undefined ? [] : [{ name: 'swrv', value: data.revision, signed: true }],
      }),
    )
  }
}

/** The certificate by the key in it, the images by the certificate. */
function outcomeOf({ data, place }: Image, ring: KeyRing): Outcome {
  if (data.components.some(({ result }) => result === 'cut-off'))
    return { result: 'not-verified', why: 'cut' }
  const key = readPublicKey(Buffer.from(data.spki, 'base64'))
  if (!key || data.signedByOwn === undefined) return { result: 'not-verified', why: 'algorithm' }
  const candidate: Candidate = { key, origin: 'travelling', from: place.path }
  const outcome = verifyBy(
    ring,
    [candidate],
    ({ spkiSha256 }) => spkiSha256 === key.spkiSha256,
    () => data.signedByOwn === true,
    true,
  )
  const broken = data.components.some(({ result }) => result === 'mismatch')
  return broken && outcome.result === 'verified'
    ? { result: 'refused', because: 'other-bytes', keys: outcome.keys }
    : outcome
}

function signatureOf({ spki, padding, algorithm }: K3Fact): LinkSignature {
  const key = readPublicKey(Buffer.from(spki, 'base64'))
  if (key?.type === 'rsa' && padding) return { type: 'rsa', bits: key.bits, padding }
  if (key?.type === 'ec') return { type: 'ecdsa', curve: key.curve }
  return { type: 'other', name: algorithm }
}

function debugEvidence({ place }: Image, type: number): EvidenceDraft {
  return {
    ...otherEvidence(TI_K3, 'debug', place, {
      polarity: 'neutral',
      title: say.DEBUG,
      observation: {
        debugType: type,
        unit: 'any',
        repeat: 'openssl asn1parse -inform DER -in FILE: the extension 1.3.6.1.4.1.294.1.8',
      },
      confidence: { grade: 'medium', reason: say.DEBUG_REASON },
    }),
    provisions: provisions(['5.6-4', '5.7-1']),
    cases: cases('5.6-4-1', '5.6-4-2'),
  }
}

function observedImage(data: K3Fact): { readonly [key: string]: Json } {
  return {
    reader: data.reader,
    algorithm: data.algorithm,
    encrypted: data.encrypted,
    revision: data.revision ?? null,
    images: data.components.map((one) => ({ ...one })),
  }
}
