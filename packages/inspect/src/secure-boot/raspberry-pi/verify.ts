import { type PublicKey, readPublicKey, rsaSpki, sha256, verifiesPkcs1 } from '@messlatte/bytes'
import type { Fact, Facts } from '../../contract.ts'
import type { Candidate, KeyRing } from '../outcome/keys.ts'
import { type Outcome, verifyBy } from '../outcome/outcome.ts'

/** A signature over a digest (hex), with the keys of EEPROM images and those that lie beside it. */
export function verifySig({ data, place }: Fact<'boot.rpi.sig'>, facts: Facts, ring: KeyRing): Outcome {
  const candidates = facts
    .of('boot.rpi.key')
    .flatMap(({ data: { key }, place: at }): readonly Candidate[] => {
      // The key of an EEPROM image vouches for what is started from it, and not for the image itself.
      const isEarlier = at.root.endsWith(':rpi-eeprom') && at.root !== place.root
      const one = candidateOf(key, isEarlier ? 'earlier' : 'travelling', at.path)
      return one ? [{ ...one, sure: true, ...(isEarlier ? { place: at } : {}) }] : []
    })
  return verifyBy(ring, candidates, isRsa, holds(data.signature ?? '', data.digest))
}

/** Boot code carries the key that it names. */
export function verifyBootcode({ data, place }: Fact<'boot.rpi.bootcode'>, ring: KeyRing): Outcome {
  const one = candidateOf(data.key, 'travelling', place.path)
  if (!one) return { result: 'not-verified', why: 'algorithm' }
  const isThis = ({ spkiSha256 }: PublicKey) => spkiSha256 === one.key.spkiSha256
  return verifyBy(ring, [one], isThis, holds(data.signature, data.digest), true)
}

/** The OTP holds SHA-256 of the key as it stands. */
function candidateOf(hex: string, origin: Candidate['origin'], from: string): Candidate | undefined {
  const raw = Buffer.from(hex, 'hex')
  const spki = rsaSpki(Buffer.from(raw.subarray(0, 256)).reverse(), Buffer.from(raw.subarray(256)).reverse())
  const key = spki && readPublicKey(spki)
  return key && { key, origin, from, digests: [sha256(raw)] }
}

function isRsa(key: PublicKey): boolean {
  return key.type === 'rsa' && key.bits === 2048
}

function holds(signature: string, digest: string): (key: PublicKey) => boolean {
  return (key) =>
    key.type === 'rsa' && verifiesPkcs1(key.key, Buffer.from(signature, 'hex'), Buffer.from(digest, 'hex'))
}
