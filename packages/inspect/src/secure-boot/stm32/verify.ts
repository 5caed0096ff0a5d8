import {
  type CurveName,
  ecSpki,
  type PublicKey,
  readPublicKey,
  sha256,
  verifiesEcdsa,
} from '@messlatte/bytes'
import type { Fact } from '../../contract.ts'
import type { Candidate, KeyRing } from '../outcome/keys.ts'
import { type Outcome, verifyBy } from '../outcome/outcome.ts'
import type { Stm32Fact } from './facts.ts'

/** What the maker's tool makes for the second algorithm is the twisted curve; the manual does not say which. */
const CURVES: Readonly<Record<number, readonly CurveName[]>> = {
  1: ['P-256'],
  2: ['brainpoolP256t1', 'brainpoolP256r1'],
}

/** Verifies an image with the key in its header, which fuses hold a digest of. */
export function verifyStm32({ data, place }: Fact<'boot.stm32.image'>, ring: KeyRing): Outcome {
  if (!data.whole) return { result: 'not-verified', why: 'cut' }
  const key = keyOf(data)
  if (!key) return { result: 'not-verified', why: 'algorithm' }
  if (!isInTable(data)) return { result: 'refused', because: 'named', keys: [] }
  const candidate: Candidate = { key, origin: 'travelling', from: place.path, digests: fuseDigests(data) }
  const outcome = verifyBy(ring, [candidate], isThis(key), holds(data), true)
  if (outcome.result !== 'refused') return outcome
  // Headers between 2.0 and 2.3 were not at hand, nor is it told what of an encrypted image is signed.
  if (data.header !== '1.0' && data.header !== '2.0' && data.header !== '2.3')
    return { result: 'not-verified', why: 'algorithm' }
  return data.encrypted ? { result: 'not-verified', why: 'encrypted' } : outcome
}

function keyOf({ algorithm, point }: Stm32Fact): PublicKey | undefined {
  const curves = algorithm === undefined ? [] : (CURVES[algorithm] ?? [])
  for (const curve of curves) {
    const key = readPublicKey(ecSpki(curve, Buffer.from(point ?? '', 'hex')))
    if (key) return key
  }
  return undefined
}

/** Fuses of version 1 hold the digest of the key, those of version 2 the digest of a table of digests. */
function fuseDigests({ point, table }: Stm32Fact): readonly string[] {
  return table ? [table.sha256] : [sha256(Buffer.from(point ?? '', 'hex'))]
}

function isInTable({ table, algorithm, point }: Stm32Fact): boolean {
  if (!table) return true
  const number = Buffer.alloc(4)
  number.writeUInt32LE(algorithm ?? 0)
  return table.hashes[table.index] === sha256(Buffer.concat([number, Buffer.from(point ?? '', 'hex')]))
}

function isThis({ spkiSha256 }: PublicKey): (key: PublicKey) => boolean {
  return (one) => one.spkiSha256 === spkiSha256
}

function holds({ signature, digest }: Stm32Fact): (key: PublicKey) => boolean {
  return (key) =>
    key.type === 'ec' &&
    verifiesEcdsa(key.curve, key.point, Buffer.from(signature, 'hex'), Buffer.from(digest, 'hex'))
}
