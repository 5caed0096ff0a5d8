import { readPublicKey, verifiesPss } from '@messlatte/bytes'
import type { Json } from '@messlatte/model'
import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import {
  mismatchEvidence,
  rollbackEvidence,
  signatureEvidence,
  unsignedEvidence,
} from '../outcome/evidence.ts'
import { type Candidate, type KeyRing, keyRing } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { judge, type Outcome, verifyBy } from '../outcome/outcome.ts'
import type { RockchipFact } from './facts.ts'
import { concludeOlder } from './older.ts'
import * as say from './say.ts'
import { ROCKCHIP } from './scheme.ts'

type Idb = Fact<'boot.rockchip.idb'>

export function concludeRockchip(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  concludeOlder(facts, ring, out)
  for (const idb of facts.of('boot.rockchip.idb')) {
    const { data, place } = idb
    const observed = observedIdb(data)
    const covers = data.images.map((_, index) => ({
      path: `${place.path}/image-${index + 1}`,
      stage: 'bootloader-first' as const,
      name: `image-${index + 1}`,
    }))
    const broken = data.images.filter(({ result }) => result === 'mismatch')
    if (data.signed) {
      const outcome = outcomeOf(idb, ring, broken.length > 0)
      for (const draft of signatureEvidence(ROCKCHIP, place, ring, outcome, observed)) out.evidence(draft)
      out.fact(
        'chain.link',
        place,
        linkOf(ROCKCHIP, place, {
          evidence: 'signature',
          level: judge(ROCKCHIP, ring, outcome).level,
          covers,
          signature: { type: 'rsa', bits: data.bits ?? 0, padding: 'pss' },
          hash: data.hash,
          keys: 'keys' in outcome ? outcome.keys : [],
        }),
      )
    } else {
      const level = data.digestHolds && broken.length === 0 ? 'E2' : 'E0'
      out.evidence(unsignedEvidence(ROCKCHIP, place, level, observed))
      out.fact('chain.link', place, linkOf(ROCKCHIP, place, { evidence: 'unsigned', level, covers }))
    }
    for (const { at, length } of broken)
      out.evidence(mismatchEvidence(ROCKCHIP, { ...place, offset: at, length }, say.IMAGE, observed))
    out.evidence(rollbackEvidence(ROCKCHIP, place, undefined, observed))
  }
}

function outcomeOf({ data, place }: Idb, ring: KeyRing, broken: boolean): Outcome {
  const key = data.spki === undefined ? undefined : readPublicKey(Buffer.from(data.spki, 'base64'))
  if (key?.type !== 'rsa' || key.bits !== data.bits) return { result: 'not-verified', why: 'algorithm' }
  const candidate: Candidate = { key, origin: 'travelling', from: place.path, digests: [data.keyDigest] }
  const signature = Buffer.from(data.signature, 'base64')
  const digest = Buffer.from(data.digest, 'hex')
  const salt = digest.length
  const outcome = verifyBy(
    ring,
    [candidate],
    ({ spkiSha256 }) => spkiSha256 === key.spkiSha256,
    (one) => one.type === 'rsa' && verifiesPss(one.key, signature, digest, { hash: data.hash, salt }),
    true,
  )
  if (outcome.result === 'verified' && data.images.some(({ result }) => result === 'cut-off'))
    return { result: 'not-verified', why: 'cut' }
  return broken && outcome.result === 'verified'
    ? { result: 'refused', because: 'other-bytes', keys: outcome.keys }
    : outcome
}

function observedIdb(data: RockchipFact): { readonly [key: string]: Json } {
  return {
    hash: data.hash,
    signed: data.signed,
    bits: data.bits ?? null,
    keyDigest: data.signed ? data.keyDigest : null,
    headerDigest: data.signed ? null : data.digestHolds ? 'match' : 'mismatch',
    images: data.images.map((one) => ({ ...one })),
  }
}
