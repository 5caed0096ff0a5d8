import { readPublicKey, verifiesPkcs1 } from '@messlatte/bytes'
import type { Json } from '@messlatte/model'
import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { mismatchEvidence, signatureEvidence, unsignedEvidence } from '../outcome/evidence.ts'
import { type Candidate, type KeyRing, keyRing } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { judge, type Outcome, verifyBy } from '../outcome/outcome.ts'
import type { Toc0Fact } from './facts.ts'
import * as say from './say.ts'
import { EGON, TOC0 } from './scheme.ts'

type Toc0 = Fact<'boot.sunxi.toc0'>

export function concludeSunxi(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  for (const { data, place } of facts.of('boot.sunxi.egon')) {
    const level = data.checksum === 'match' ? 'E1' : 'E0'
    const covers = [{ path: `${place.path}/program`, stage: 'bootloader-first' as const, name: 'program' }]
    out.evidence(unsignedEvidence(EGON, place, level, { ...data, repeat: EGON.repeat }, say.NO_PLACE))
    out.fact('chain.link', place, linkOf(EGON, place, { evidence: 'unsigned', level, covers }))
  }
  for (const toc of facts.of('boot.sunxi.toc0')) ofToc0(toc, ring, out)
}

function ofToc0(toc: Toc0, ring: KeyRing, out: ReduceOut): void {
  const { data, place } = toc
  const observed = observedToc0(data)
  const covers = [{ path: `${place.path}/firmware`, stage: 'bootloader-first' as const, name: 'firmware' }]
  if (!data.items.includes('certificate')) {
    const level = data.checksumHolds ? 'E1' : 'E0'
    out.evidence(unsignedEvidence(TOC0, place, level, observed))
    out.fact('chain.link', place, linkOf(TOC0, place, { evidence: 'unsigned', level, covers }))
    return
  }
  const outcome = outcomeOf(toc, ring)
  for (const draft of signatureEvidence(TOC0, place, ring, outcome, observed)) out.evidence(draft)
  if (data.firmware === 'mismatch') out.evidence(mismatchEvidence(TOC0, place, say.FIRMWARE, observed))
  out.fact(
    'chain.link',
    place,
    linkOf(TOC0, place, {
      evidence: 'signature',
      level: judge(TOC0, ring, outcome).level,
      covers,
      signature: { type: 'rsa', bits: 2048, padding: 'pkcs1' },
      hash: 'sha256',
      keys: 'keys' in outcome ? outcome.keys : [],
    }),
  )
}

/** Firmware by the certificate, that by its own key, that by the key item's where there is one. */
function outcomeOf({ data, place }: Toc0, ring: KeyRing): Outcome {
  if (!data.whole) return { result: 'not-verified', why: 'cut' }
  const [key, root] = [data.key, data.rootKey].map((spki) =>
    spki === undefined ? undefined : readPublicKey(Buffer.from(spki, 'base64')),
  )
  const top = data.rootVouches === undefined ? key : root
  if (!top || key?.type !== 'rsa' || !data.signature) return { result: 'refused', because: 'named', keys: [] }
  const { value, digest } = data.signature
  const holds =
    data.rootVouches !== false &&
    verifiesPkcs1(key.key, Buffer.from(value, 'base64'), Buffer.from(digest, 'hex'))
  const candidate: Candidate = { key: top, origin: 'travelling', from: place.path, digests: data.digests }
  const isTop = ({ spkiSha256 }: { readonly spkiSha256: string }) => spkiSha256 === top.spkiSha256
  const outcome = verifyBy(ring, [candidate], isTop, () => holds, true)
  return data.firmware !== 'match' && outcome.result === 'verified'
    ? { result: 'refused', because: 'other-bytes', keys: outcome.keys }
    : outcome
}

function observedToc0(data: Toc0Fact): { readonly [key: string]: Json } {
  return {
    items: data.items,
    checksum: data.checksumHolds ? 'match' : data.whole ? 'mismatch' : 'cut-off',
    firmware: data.firmware,
    rootKey: data.rootVouches === undefined ? 'none' : data.rootVouches ? 'vouches' : 'does-not-vouch',
    keyDigests: data.digests,
  }
}
