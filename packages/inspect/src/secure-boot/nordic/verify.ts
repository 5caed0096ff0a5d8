import { createHash, verify } from 'node:crypto'
import { ecSpki, readPublicKey, sha256, verifiesEcdsa } from '@messlatte/bytes'
import type { Fact, Facts } from '../../contract.ts'
import { type Candidate, computedKeys, type KeyRing } from '../outcome/keys.ts'
import { type Outcome, verifyBy } from '../outcome/outcome.ts'
import { swapHalves } from '../signatures/points.ts'
import type { PacketFact } from './facts.ts'

type Packet = Fact<'boot.nordic.packet'>
const ECDSA = 0
const ED25519 = 1
const SIGNATURE = 64

/** Verifies the signature of an init command: the keys at hand, those of boot loaders, and those that it leads to. */
export function verifyPacket({ data, place }: Packet, facts: Facts, ring: KeyRing): Outcome {
  const { signature } = data
  const value = Buffer.from(signature?.value ?? '', 'hex')
  if (!signature || value.length !== SIGNATURE) return { result: 'not-verified', why: 'algorithm' }
  const message = Buffer.from(data.command, 'base64')
  switch (signature.type) {
    case ECDSA:
      return verifyPoint(
        swapHalves(value),
        createHash('sha256').update(message).digest(),
        place.root,
        facts,
        ring,
      )
    case ED25519:
      return verifyBy(
        ring,
        [],
        ({ type }) => type === 'ed25519',
        (key) => key.type === 'ed25519' && verify(null, message, key.key, value),
      )
    default:
      return { result: 'not-verified', why: 'algorithm' }
  }
}

/** The signature for each start, over the firmware itself, where there is one. */
export function verifyForStart(
  { data, place }: Packet,
  firmwareSha256: string,
  facts: Facts,
  ring: KeyRing,
): Outcome | undefined {
  const value = startSignature(data)
  if (value?.length !== SIGNATURE) return undefined
  return verifyPoint(swapHalves(value), Buffer.from(firmwareSha256, 'hex'), place.root, facts, ring)
}

const VALIDATED_BY_ECDSA = 3

function startSignature({ validations }: PacketFact): Buffer | undefined {
  const one = validations.find(({ type }) => type === VALIDATED_BY_ECDSA)
  return one && Buffer.from(one.value, 'hex')
}

/** `signature`: r and s, big endian. */
function verifyPoint(
  signature: Uint8Array,
  digest: Uint8Array,
  root: string,
  facts: Facts,
  ring: KeyRing,
): Outcome {
  const outcome = verifyBy(
    ring,
    loaderKeys(facts.of('boot.nordic.loader'), root),
    (key) => key.type === 'ec' && key.curve === 'P-256',
    (key) => key.type === 'ec' && verifiesEcdsa('P-256', key.point, signature, digest),
  )
  if (outcome.result === 'verified') return outcome
  const keys = computedKeys(ring, 'P-256', signature, digest, digestsOf)
  return keys.length > 0 ? { result: 'verified', keys } : outcome
}

/** Fuses do not hold such keys; people state the digest of the key as the boot loader has it. */
function digestsOf(point: Uint8Array): readonly string[] {
  return [sha256(point), sha256(swapHalves(point))]
}

/** Keys in boot loaders; one in what the packet's own `root` brings vouches for nothing. */
export function loaderKeys(
  loaders: readonly Pick<Fact<'boot.nordic.loader'>, 'data' | 'place'>[],
  root: string,
): readonly Candidate[] {
  return loaders.flatMap(({ data, place }) =>
    data.points.flatMap((hex): readonly Candidate[] => {
      const point = Buffer.from(hex, 'hex')
      const key = readPublicKey(ecSpki('P-256', point))
      const origin = root !== '' && place.root === root ? 'travelling' : 'earlier'
      return key ? [{ key, origin, from: place.path, place, digests: digestsOf(point) }] : []
    }),
  )
}
