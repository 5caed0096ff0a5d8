import { type PublicKey, readPublicKey, verifiesPkcs1, verifiesPss } from '@messlatte/bytes'
import type { Json } from '@messlatte/model'
import type { Fact, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import { rollbackEvidence, signatureEvidence, worthlessAnchor } from '../outcome/evidence.ts'
import { type Candidate, type KeyRing, keyRing, signerKey } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { judge, type Outcome, verifyBy } from '../outcome/outcome.ts'
import type { OpteeFact, OpteeHeader } from './facts.ts'
import { DEFAULT_TA_KEY } from './published.ts'
import { OPTEE } from './scheme.ts'

type Ta = Fact<'boot.optee.ta'>

export function concludeOptee(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  const cores = facts.of('boot.optee.core').flatMap(numbersIn).slice(0, MOST_NUMBERS)
  for (const one of cores)
    for (const draft of worthlessAnchor(OPTEE, one.place as Place, signerKey(ring, one))) out.evidence(draft)
  for (const ta of facts.of('boot.optee.ta')) {
    const { data, place } = ta
    const outcome = outcomeOf(ta, ring, cores)
    const observed = observedTa(data)
    for (const draft of signatureEvidence(OPTEE, place, ring, outcome, observed)) out.evidence(draft)
    out.evidence(rollbackEvidence(OPTEE, place, data.version, { uuid: data.uuid }))
    const [first] = data.headers
    const bits = Buffer.from(first?.signature ?? '', 'base64').length * 8
    out.fact(
      'chain.link',
      place,
      linkOf(OPTEE, place, {
        evidence: 'signature',
        level: judge(OPTEE, ring, outcome).level,
        // A running system loads them: by themselves they start nothing.
        covers: [{ path: place.path, stage: 'files', name: data.uuid, encrypted: data.encrypted }],
        signature: { type: 'rsa', bits, padding: first?.scheme ?? 'pss' },
        hash: 'sha256',
        keys: 'keys' in outcome ? outcome.keys : [],
        rollback: [{ name: 'version', value: data.version, signed: true }],
      }),
    )
  }
}

/** Numbers of cores that are tried for each application. */
const MOST_NUMBERS = 1024

function numbersIn({ data, place }: Fact<'boot.optee.core'>): readonly Candidate[] {
  return data.moduli.flatMap(({ at, length, spki }): readonly Candidate[] => {
    const key = readPublicKey(Buffer.from(spki, 'base64'))
    const lies = { ...place, offset: at, length }
    return key ? [{ key, origin: 'earlier', from: place.path, place: lies, sure: true }] : []
  })
}

/** The first header by a key at hand, each further one by the key before it. */
function outcomeOf({ data, place }: Ta, ring: KeyRing, cores: readonly Candidate[]): Outcome {
  const [first, ...rest] = data.headers
  if (!first || data.headers.some(({ content }) => content === 'cut-off'))
    return { result: 'not-verified', why: 'cut' }
  if (data.headers.some(({ content }) => content === 'mismatch'))
    return { result: 'refused', because: 'other-bytes', keys: [] }
  let signer = first
  for (const header of rest) {
    const key = readPublicKey(Buffer.from(signer.key ?? '', 'base64'))
    if (!key) return { result: 'not-verified', why: 'algorithm' }
    if (!holds(header)(key)) return { result: 'refused', because: 'named', keys: [] }
    signer = header
  }
  const published = readPublicKey(Buffer.from(DEFAULT_TA_KEY, 'base64'))
  // Most numbers of a core are no key: only the one that verifies is told.
  const proven = cores.filter(({ key }) => holds(first)(key))
  const candidates: readonly Candidate[] = [
    ...proven,
    ...(published ? [{ key: published, origin: 'travelling', from: place.path } as const] : []),
  ]
  const outcome = verifyBy(ring, candidates, ({ type }) => type === 'rsa', holds(first))
  return data.encrypted && outcome.result === 'verified' && !outcome.keys.some(({ known }) => known)
    ? { result: 'not-verified', why: 'encrypted' }
    : outcome
}

function holds({ scheme, signature, hash }: OpteeHeader): (key: PublicKey) => boolean {
  const [value, digest] = [Buffer.from(signature, 'base64'), Buffer.from(hash, 'hex')]
  return (key) => {
    if (key.type !== 'rsa' || key.bits !== value.length * 8) return false
    return scheme === 'pss'
      ? verifiesPss(key.key, value, digest, { hash: 'sha256', mask: 'sha256', salt: 32 })
      : verifiesPkcs1(key.key, value, digest)
  }
}

function observedTa({ uuid, version, encrypted, headers }: OpteeFact): { readonly [key: string]: Json } {
  return {
    uuid,
    version,
    encrypted,
    headers: headers.map(({ type, scheme, hash, content }) => ({ type, scheme, sha256: hash, content })),
  }
}
