import { rsaSpki } from '@messlatte/bytes'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'

/** A property that the core answers for applications: optee_os, core/tee/tee_svc.c. */
export const CORE = 'gpd.tee.firmware.implementation.version'
/** A core is no larger, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024
const MOST_CANDIDATES = 768
/** Places that are tried, of each length: what is random all over is no core. */
const MOST_TRIED = 8192
/** Moduli in bytes, and how many different values so many bytes have, where they are as good as random: at least. */
const SIZES = [
  { length: 256, different: 142 },
  { length: 384, different: 180 },
  { length: 512, different: 200 },
] as const
const EXPONENT = Buffer.from([1, 0, 1])
/** The odd primes below 100: a modulus has none of them for a factor. */
const PRIMES = [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97]

/**
 * What may be the modulus that applications are verified with, in the core of OP-TEE: bare bytes, which nothing tells from
 * others but that they are odd, begin with a one, look random and have no small factor. A signature that verifies with one of them proves it.
 */
export function lookForModuli(artefact: Artefact, out: MapOut): void {
  const { bytes, hits, type } = artefact
  if (type === 'region' || bytes.size > MOST_BYTES || !hits.some(({ literal }) => literal === CORE)) return
  const all = bytes.view(0, bytes.size)
  const moduli = SIZES.flatMap(({ length, different }) =>
    firstOf(randomAt(all, length, different), MOST_TRIED).flatMap((at) => {
      const modulus = all.subarray(at, at + length)
      const spki = hasSmallFactor(modulus) ? undefined : rsaSpki(modulus, EXPONENT)
      return spki ? [{ at, length, spki: spki.toString('base64') }] : []
    }),
  )
  out.fact('boot.optee.core', placeOf(artefact), { moduli: moduli.slice(0, MOST_CANDIDATES) })
}

function firstOf<One>(all: Iterable<One>, most: number): readonly One[] {
  const found: One[] = []
  for (const one of all) if (found.push(one) >= most) break
  return found
}

function hasSmallFactor(number: Uint8Array): boolean {
  return PRIMES.some((prime) => number.reduce((rest, byte) => (rest * 256 + byte) % prime, 0) === 0)
}

/** Places of so many bytes with so many different values, odd and beginning with a one. */
function* randomAt(all: Uint8Array, length: number, least: number): Generator<number> {
  const counts = new Uint16Array(256)
  let different = 0
  for (let end = 0; end < all.length; end++) {
    const added = all[end] as number
    counts[added] = (counts[added] as number) + 1
    if (counts[added] === 1) different++
    const at = end + 1 - length
    if (at > 0) {
      const gone = all[at - 1] as number
      counts[gone] = (counts[gone] as number) - 1
      if (counts[gone] === 0) different--
    }
    if (at >= 0 && different >= least && (all[at] as number) >= 0x80 && (added & 1) === 1) yield at
  }
}
