import { ecSpki, type PublicKey, readPublicKey, sha256, verifiesEcdsa } from '@messlatte/bytes'
import type { Facts } from '../../contract.ts'
import { type Candidate, computedKeys, type KeyRing } from '../outcome/keys.ts'
import { type Outcome, verifyBy } from '../outcome/outcome.ts'
import type { SignedDigest, SilabsCertificate } from './facts.ts'

/** Verifies what is signed with a device's key, or with one that a certificate of that key vouches for. */
export function verifySilabs(
  signed: SignedDigest,
  certificate: SilabsCertificate | undefined,
  facts: Facts,
  ring: KeyRing,
  from: string,
): Outcome {
  if (!certificate) return verifyDirect(signed, facts, ring)
  const key = keyOf(certificate.key)
  const candidates: readonly Candidate[] = key ? [candidate(key, certificate.key, 'travelling', from)] : []
  const byCertified = verifyBy(
    ring,
    candidates,
    (one) => one.spkiSha256 === key?.spkiSha256,
    holds(signed),
    true,
  )
  if (byCertified.result !== 'verified') return byCertified
  // What is worth more than the certificate's own word is the key that vouches for it.
  const root = verifyDirect(certificate.signed, facts, ring)
  const known = byCertified.keys.some((one) => one.known || one.leaked || one.origin === 'trusted')
  return root.result === 'not-verified' || known ? byCertified : root
}

function verifyDirect(signed: SignedDigest, facts: Facts, ring: KeyRing): Outcome {
  const outcome = verifyBy(ring, tokens(facts), isP256, holds(signed))
  if (outcome.result === 'verified') return outcome
  const bytes = (hex: string) => Buffer.from(hex, 'hex')
  const keys = computedKeys(ring, 'P-256', bytes(signed.signature), bytes(signed.digest), (point) => [
    sha256(point),
  ])
  return keys.length > 0 ? { result: 'verified', keys } : outcome
}

function tokens(facts: Facts): readonly Candidate[] {
  return facts.of('boot.silabs.token').flatMap(({ data, place }) => {
    const key = keyOf(data.key)
    return key ? [{ ...candidate(key, data.key, 'earlier', place.path), place }] : []
  })
}

function candidate(key: PublicKey, hex: string, origin: Candidate['origin'], from: string): Candidate {
  return { key, origin, from, digests: [sha256(Buffer.from(hex, 'hex'))] }
}

function keyOf(hex: string): PublicKey | undefined {
  return readPublicKey(ecSpki('P-256', Buffer.from(hex, 'hex')))
}

function isP256(key: PublicKey): boolean {
  return key.type === 'ec' && key.curve === 'P-256'
}

function holds({ signature, digest }: SignedDigest): (key: PublicKey) => boolean {
  return (key) =>
    key.type === 'ec' &&
    verifiesEcdsa('P-256', key.point, Buffer.from(signature, 'hex'), Buffer.from(digest, 'hex'))
}
