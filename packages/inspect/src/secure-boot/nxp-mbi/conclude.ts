import { readPublicKey } from '@messlatte/bytes'
import type { Json } from '@messlatte/model'
import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { rollbackEvidence, signatureEvidence, unsignedEvidence } from '../outcome/evidence.ts'
import { type Candidate, type KeyRing, keyRing } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { judge, type Outcome, verifyBy } from '../outcome/outcome.ts'
import type { NxpMbiFact } from './facts.ts'
import { NXP_MBI } from './scheme.ts'

type Image = Fact<'boot.nxp-mbi.image'>

export function concludeNxpMbi(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  for (const image of facts.of('boot.nxp-mbi.image')) ofImage(image, ring, out)
}

function ofImage({ data, place }: Image, ring: KeyRing, out: ReduceOut): void {
  const { signed, version, encrypted } = data
  const observed = observedImage(data)
  const name = 'program'
  const covers = [
    {
      path: `${place.path}/${name}`,
      stage: 'bootloader-first' as const,
      name,
      ...(encrypted ? { encrypted: true } : {}),
    },
  ]
  if (!signed) {
    // Only what has a CRC is known to be such an image.
    out.evidence(unsignedEvidence(NXP_MBI, place, 'E1', observed))
    out.fact('chain.link', place, linkOf(NXP_MBI, place, { evidence: 'unsigned', level: 'E1', covers, name }))
    return
  }
  const outcome = outcomeOf(signed, place.path, ring)
  for (const draft of signatureEvidence(NXP_MBI, place, ring, outcome, observed)) out.evidence(draft)
  out.evidence(rollbackEvidence(NXP_MBI, place, version, {}))
  out.fact(
    'chain.link',
    place,
    linkOf(NXP_MBI, place, {
      evidence: 'signature',
      level: judge(NXP_MBI, ring, outcome).level,
      covers,
      name,
      rollback: version === undefined ? [] : [{ name: 'firmware version', value: version, signed: true }],
      signature:
        signed.algorithm.type === 'rsa' ? { ...signed.algorithm, padding: 'pkcs1' } : signed.algorithm,
      hash: signed.hash,
      keys: 'keys' in outcome ? outcome.keys : [],
    }),
  )
}

/** The keys below the root travel with it, so that all hangs on the root key. */
function outcomeOf(
  { rootSpki, tableDigest, broken }: NonNullable<NxpMbiFact['signed']>,
  from: string,
  ring: KeyRing,
): Outcome {
  const key = readPublicKey(Buffer.from(rootSpki, 'base64'))
  if (!key) return { result: 'not-verified', why: 'algorithm' }
  if (broken === 'cut') return { result: 'not-verified', why: 'cut' }
  const candidate: Candidate = { key, origin: 'travelling', from, digests: [tableDigest] }
  const isIt = ({ spkiSha256 }: { readonly spkiSha256: string }) => spkiSha256 === key.spkiSha256
  return verifyBy(ring, [candidate], isIt, () => broken === undefined, true)
}

function observedImage({ type, encrypted, version, signed }: NxpMbiFact): { readonly [key: string]: Json } {
  return {
    type,
    encrypted,
    version: version ?? null,
    keys: signed?.keys ?? 0,
    broken: signed?.broken ?? null,
    rootKeyTableHash: signed?.tableDigest ?? null,
    algorithm: signed
      ? `${signed.algorithm.type === 'rsa' ? `rsa-${signed.algorithm.bits}` : signed.algorithm.curve}-${signed.hash}`
      : null,
  }
}
