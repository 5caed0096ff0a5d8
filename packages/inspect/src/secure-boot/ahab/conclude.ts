import { type PublicKey, readPublicKey, verifiesEcdsa, verifiesPkcs1, verifiesPss } from '@messlatte/bytes'
import type { Json } from '@messlatte/model'
import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import type { LinkSignature } from '../chain/facts.ts'
import {
  mismatchEvidence,
  rollbackEvidence,
  signatureEvidence,
  unsignedEvidence,
} from '../outcome/evidence.ts'
import { type Candidate, type KeyRing, keyRing } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { judge, type Outcome, verifyBy } from '../outcome/outcome.ts'
import type { AhabFact } from './facts.ts'
import * as say from './say.ts'
import { AHAB } from './scheme.ts'

type Container = Fact<'boot.ahab.container'>

export function concludeAhab(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  for (const container of facts.of('boot.ahab.container')) ofContainer(container, ring, out)
}

function ofContainer(container: Container, ring: KeyRing, out: ReduceOut): void {
  const { data, place } = container
  const observed = observedContainer(data)
  const { images, srkSet, fuseVersion } = data
  const name = `container ${data.number}`
  const covers =
    images.length > 0
      ? images.map((image) => ({
          path: `${place.path}/${image.name}`,
          stage: 'bootloader-first' as const,
          name: image.name,
          ...(image.encrypted ? { encrypted: true } : {}),
        }))
      : [{ path: place.path, stage: 'bootloader-first' as const, name }]
  if (images.some(({ hash }) => hash === 'mismatch'))
    out.evidence(mismatchEvidence(AHAB, place, say.AN_IMAGE, observed))
  const rollback = [{ name: 'fuse version', value: fuseVersion, signed: srkSet !== 'none' }]
  if (srkSet === 'none') {
    const level = images.every(({ hash }) => hash === 'match') ? 'E2' : 'E0'
    out.evidence(unsignedEvidence(AHAB, place, level, observed))
    out.fact(
      'chain.link',
      place,
      linkOf(AHAB, place, { evidence: 'unsigned', level, covers, name, rollback }),
    )
    return
  }
  const outcome = outcomeOf(container, ring)
  for (const draft of signatureEvidence(AHAB, place, ring, outcome, observed)) out.evidence(draft)
  out.evidence(rollbackEvidence(AHAB, place, fuseVersion, { softwareVersion: data.softwareVersion }))
  out.fact(
    'chain.link',
    place,
    linkOf(AHAB, place, {
      evidence: 'signature',
      level: judge(AHAB, ring, outcome).level,
      covers,
      name,
      rollback,
      signature: algorithmOf(data),
      ...(data.root ? { hash: data.root.hash } : {}),
      keys: 'keys' in outcome ? outcome.keys : [],
    }),
  )
}

function outcomeOf({ data, place }: Container, ring: KeyRing): Outcome {
  const { root, images, hasCertificate } = data
  const key = root?.spki === undefined ? undefined : readPublicKey(Buffer.from(root.spki, 'base64'))
  // With a certificate, the signature is that of its key.
  if (!root || !key || hasCertificate) return { result: 'not-verified', why: 'algorithm' }
  const candidate: Candidate = { key, origin: 'travelling', from: place.path, digests: [root.tableSha256] }
  const isIt = ({ spkiSha256 }: PublicKey) => spkiSha256 === key.spkiSha256
  const outcome = verifyBy(ring, [candidate], isIt, holds(root), true)
  if (outcome.result !== 'verified') return outcome
  const told = images.map(({ hash }) => hash)
  if (told.includes('mismatch')) return { result: 'refused', because: 'other-bytes', keys: outcome.keys }
  if (told.includes('cut-off')) return { result: 'not-verified', why: 'cut' }
  if (told.includes('encrypted')) return { result: 'not-verified', why: 'encrypted' }
  return told.includes('not-computed') ? { result: 'not-verified', why: 'algorithm' } : outcome
}

function holds({
  scheme,
  hash,
  digest,
  signature,
}: NonNullable<AhabFact['root']>): (key: PublicKey) => boolean {
  const [value, hashed] = [Buffer.from(signature, 'hex'), Buffer.from(digest, 'hex')]
  return (key) => {
    switch (key.type) {
      case 'ec':
        return scheme === 'ecdsa' && verifiesEcdsa(key.curve, key.point, value, hashed)
      case 'rsa':
        if (scheme === 'pkcs1') return verifiesPkcs1(key.key, value, hashed, hash)
        return scheme === 'pss' && verifiesPss(key.key, value, hashed, { hash, salt: hashed.length })
      default:
        return false
    }
  }
}

function algorithmOf({ root }: AhabFact): LinkSignature {
  const key = root?.spki === undefined ? undefined : readPublicKey(Buffer.from(root.spki, 'base64'))
  switch (key?.type) {
    case 'rsa':
      return { type: 'rsa', bits: key.bits, padding: root?.scheme === 'pss' ? 'pss' : 'pkcs1' }
    case 'ec':
      return { type: 'ecdsa', curve: key.curve }
    default:
      return { type: 'other', name: 'AHAB' }
  }
}

function observedContainer(data: AhabFact): { readonly [key: string]: Json } {
  const { number, srkSet, fuseVersion, softwareVersion, images, hasCertificate, root } = data
  return {
    container: number,
    srkSet,
    fuseVersion,
    softwareVersion,
    images: images.map((image) => ({ ...image })),
    certificate: hasCertificate,
    srk: root ? `${root.index + 1} of ${root.keys}` : null,
    srkTableSha256: root?.tableSha256 ?? null,
    algorithm: root ? `${root.scheme}-${root.hash}` : null,
  }
}
