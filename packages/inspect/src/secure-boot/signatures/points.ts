import { type Bytes, CURVES, forEachWindow, isOnCurve, toNumber } from '@messlatte/bytes'

/** Bytes: x and y of P-256. */
const POINT = 64
const STEP = 256 * 1024
const MAX_POINTS = 8
/** Random numbers of 64 bytes have about 56 distinct ones; code and text have fewer. */
const LEAST_DISTINCT = 40
/** Windows that are tried: each costs a few multiplications of 256 bits. */
const MAX_TRIES = 200_000

/**
 * Points on P-256 among the bytes up to `end`, as hex of x and y, big endian. Boot loaders that have a public key linked in
 * have it like that, at an address divisible by four: of ESP-IDF big endian (signature_verification_key.bin), of Nordic
 * little endian (dfu_public_key.c). Bytes that are no key lie on the curve once in 2^256 times.
 */
export function pointsIn(bytes: Bytes, end: number, order: 'big' | 'little' = 'big'): readonly string[] {
  const found = new Set<string>()
  let tries = 0
  forEachWindow(bytes, 0, end, STEP, POINT - 4, (window) => {
    for (let at = 0; at + POINT <= window.length; at += 4) {
      const candidate = window.subarray(at, at + POINT)
      if (!looksRandom(candidate)) continue
      if (++tries > MAX_TRIES || found.size >= MAX_POINTS) return false
      const point = order === 'big' ? candidate : swapHalves(candidate)
      const [x, y] = [toNumber(point.subarray(0, 32)), toNumber(point.subarray(32))]
      if (isOnCurve(CURVES['P-256'], x, y)) found.add(Buffer.from(point).toString('hex'))
    }
    return true
  })
  return [...found]
}

/** Two numbers of one length in the other byte order each: keys and signatures of ECDSA. */
export function swapHalves(pair: Uint8Array): Buffer {
  const half = pair.length / 2
  return Buffer.concat([
    Buffer.from(pair.subarray(0, half)).reverse(),
    Buffer.from(pair.subarray(half)).reverse(),
  ])
}

function looksRandom(bytes: Uint8Array): boolean {
  let distinct = 0
  const seen = new Uint8Array(256)
  for (const byte of bytes) {
    if (seen[byte] === 0) distinct++
    seen[byte] = 1
  }
  return distinct >= LEAST_DISTINCT
}
