import { CURVES, type Curve, type CurveName, isOnCurve, modulo, toNumber } from './curves.ts'

/** In Jacobian coordinates: the point (x / z², y / z³); none where z is 0. */
interface Point {
  readonly x: bigint
  readonly y: bigint
  readonly z: bigint
}

const NOWHERE: Point = { x: 1n, y: 1n, z: 0n }

/**
 * Whether an ECDSA signature holds over a digest; node verifies messages only, and only digests leave the workers. All
 * bytes are big endian: `point` is x and y, `signature` r and s, each in full length. Nothing here is secret, so that it
 * takes no care of time. SEC 1, section 4.1.4.
 */
export function verifiesEcdsa(
  name: CurveName,
  point: Uint8Array,
  signature: Uint8Array,
  digest: Uint8Array,
): boolean {
  const curve = CURVES[name]
  const { size, n, p } = curve
  if (point.length !== 2 * size || signature.length !== 2 * size) return false
  const [x, y] = [toNumber(point.subarray(0, size)), toNumber(point.subarray(size))]
  const [r, s] = [toNumber(signature.subarray(0, size)), toNumber(signature.subarray(size))]
  if (r === 0n || r >= n || s === 0n || s >= n || !isOnCurve(curve, x, y)) return false
  const inverse = inverseOf(s, n)
  const u = modulo(toNumber(digest.subarray(0, size)) * inverse, n)
  const v = modulo(r * inverse, n)
  const sum = addMultiples(curve, u, { x: curve.gx, y: curve.gy, z: 1n }, v, { x, y, z: 1n })
  if (sum.z === 0n) return false
  const square = modulo(sum.z * sum.z, p)
  // r is an x modulo n: the x itself may have been one n larger.
  return [r, r + n].some((value) => value < p && modulo(value * square, p) === sum.x)
}

/**
 * The keys under which a signature holds over a digest, two at most: a signature tells who may have made it, also where
 * its key is not at hand. Points as above. SEC 1, section 4.1.6.
 */
export function recoverKeys(name: CurveName, signature: Uint8Array, digest: Uint8Array): readonly Buffer[] {
  const curve = CURVES[name]
  const { size, n, p, a, b } = curve
  if (signature.length !== 2 * size) return []
  const [r, s] = [toNumber(signature.subarray(0, size)), toNumber(signature.subarray(size))]
  if (r === 0n || r >= n || s === 0n || s >= n) return []
  const y = power(modulo(r * r * r + a * r + b, p), (p + 1n) / 4n, p)
  if (!isOnCurve(curve, r, y)) return []
  const inverse = inverseOf(r, n)
  const u = modulo(-toNumber(digest.subarray(0, size)) * inverse, n)
  const v = modulo(s * inverse, n)
  return [y, modulo(-y, p)].flatMap((root) => {
    const key = addMultiples(curve, u, { x: curve.gx, y: curve.gy, z: 1n }, v, { x: r, y: root, z: 1n })
    return key.z === 0n ? [] : [affine(curve, key)]
  })
}

function affine({ p, size }: Curve, { x, y, z }: Point): Buffer {
  const inverse = inverseOf(z, p)
  const square = modulo(inverse * inverse, p)
  const numbers = [modulo(x * square, p), modulo(y * square * inverse, p)]
  return Buffer.from(numbers.map((value) => value.toString(16).padStart(2 * size, '0')).join(''), 'hex')
}

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = modulo(result * result, p)
    if (bit === '1') result = modulo(result * base, p)
  }
  return result
}

/** u × first + v × second, both at once. */
function addMultiples(curve: Curve, u: bigint, first: Point, v: bigint, second: Point): Point {
  const both = add(curve, first, second)
  const length = Math.max(u.toString(2).length, v.toString(2).length)
  const [bitsOfU, bitsOfV] = [u, v].map((value) => value.toString(2).padStart(length, '0')) as [
    string,
    string,
  ]
  let sum = NOWHERE
  for (let bit = 0; bit < length; bit++) {
    sum = double(curve, sum)
    const [inU, inV] = [bitsOfU[bit] === '1', bitsOfV[bit] === '1']
    if (inU && inV) sum = add(curve, sum, both)
    else if (inU) sum = add(curve, sum, first)
    else if (inV) sum = add(curve, sum, second)
  }
  return sum
}

function double({ p, a }: Curve, point: Point): Point {
  if (point.z === 0n || point.y === 0n) return NOWHERE
  return a === p - 3n ? doubleForMinusThree(p, point) : doubleForAny(p, a, point)
}

/** dbl-2007-bl of the Explicit-Formulas Database. */
function doubleForAny(p: bigint, a: bigint, { x, y, z }: Point): Point {
  const [xx, yy, zz] = [modulo(x * x, p), modulo(y * y, p), modulo(z * z, p)]
  const s = modulo(4n * x * yy, p)
  const m = modulo(3n * xx + a * zz * zz, p)
  const doubled = modulo(m * m - 2n * s, p)
  return { x: doubled, y: modulo(m * (s - doubled) - 8n * yy * yy, p), z: modulo(2n * y * z, p) }
}

/** dbl-2001-b of the Explicit-Formulas Database. */
function doubleForMinusThree(p: bigint, { x, y, z }: Point): Point {
  const delta = modulo(z * z, p)
  const gamma = modulo(y * y, p)
  const beta = modulo(x * gamma, p)
  const alpha = modulo(3n * (x - delta) * (x + delta), p)
  const doubled = modulo(alpha * alpha - 8n * beta, p)
  return {
    x: doubled,
    y: modulo(alpha * (4n * beta - doubled) - 8n * gamma * gamma, p),
    z: modulo((y + z) * (y + z) - gamma - delta, p),
  }
}

/** add-1998-cmo-2 of the Explicit-Formulas Database. */
function add(curve: Curve, one: Point, other: Point): Point {
  if (one.z === 0n) return other
  if (other.z === 0n) return one
  const { p } = curve
  const [squareOne, squareOther] = [modulo(one.z * one.z, p), modulo(other.z * other.z, p)]
  const [u1, u2] = [modulo(one.x * squareOther, p), modulo(other.x * squareOne, p)]
  const s1 = modulo(one.y * other.z * squareOther, p)
  const s2 = modulo(other.y * one.z * squareOne, p)
  if (u1 === u2) return s1 === s2 ? double(curve, one) : NOWHERE
  const h = modulo(u2 - u1, p)
  const r = modulo(s2 - s1, p)
  const hh = modulo(h * h, p)
  const hhh = modulo(h * hh, p)
  const v = modulo(u1 * hh, p)
  const x = modulo(r * r - hhh - 2n * v, p)
  return { x, y: modulo(r * (v - x) - s1 * hhh, p), z: modulo(one.z * other.z * h, p) }
}

/** The inverse modulo a prime, by the extended Euclidean algorithm. */
export function inverseOf(value: bigint, n: bigint): bigint {
  let [a, b] = [modulo(value, n), n]
  let [x, y] = [1n, 0n]
  while (a !== 0n) {
    const quotient = b / a
    ;[b, a] = [a, b - quotient * a]
    ;[y, x] = [x, y - quotient * x]
  }
  return modulo(y, n)
}
