import { modulo } from './curves.ts'
import { inverseOf } from './ecdsa.ts'

/** Parameters of edwards25519: RFC 8032, section 5.1. */
const P = 2n ** 255n - 19n
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n
const ROOT_OF_MINUS_ONE = 19681161376707505956807079304988542015446066515923890162744021073123829784752n
const SIZE = 32

/** In extended coordinates: the point (x / z, y / z), with t = x y / z. */
interface Point {
  readonly x: bigint
  readonly y: bigint
  readonly z: bigint
  readonly t: bigint
}

const ZERO: Point = { x: 0n, y: 1n, z: 1n, t: 0n }
const BASE = pointOf(
  15112221349535400772501151409588531511454012693041857206046113283949847762202n,
  46316835694926478169428394003475163141307993866256225615783033603165251855960n,
)

function pointOf(x: bigint, y: bigint): Point {
  return { x, y, z: 1n, t: modulo(x * y, P) }
}

/** What SHA-512 begins with when an Ed25519 signature is verified; the message follows. RFC 8032, section 5.1.7. */
export function ed25519Preamble(key: Uint8Array, signature: Uint8Array): Buffer {
  return Buffer.concat([signature.subarray(0, SIZE), key])
}

/**
 * Whether an Ed25519 signature holds, told by SHA-512 over preamble and message: node wants the message itself in one
 * piece, and an image is none that leaves its worker.
 * @param key the 32 bytes of the public key
 * @param hash 64 bytes
 */
export function verifiesEd25519Hash(key: Uint8Array, signature: Uint8Array, hash: Uint8Array): boolean {
  if (key.length !== SIZE || signature.length !== 2 * SIZE || hash.length !== 2 * SIZE) return false
  const point = decode(key)
  const s = fromLittle(signature.subarray(SIZE))
  if (!point || s >= ORDER) return false
  const negative: Point = { ...point, x: modulo(-point.x, P), t: modulo(-point.t, P) }
  const sum = addMultiples(s, BASE, modulo(fromLittle(hash), ORDER), negative)
  return encode(sum).equals(signature.subarray(0, SIZE))
}

/** RFC 8032, section 5.1.3. */
function decode(bytes: Uint8Array): Point | undefined {
  const number = fromLittle(bytes)
  const [sign, y] = [number >> 255n, number & ((1n << 255n) - 1n)]
  if (y >= P) return undefined
  const [u, v] = [modulo(y * y - 1n, P), modulo(D * y * y + 1n, P)]
  const cube = modulo(v * v * v, P)
  let x = modulo(u * cube * power(modulo(u * cube * v ** 4n, P), (P - 5n) / 8n), P)
  const square = modulo(v * x * x, P)
  if (square === modulo(-u, P) && u !== 0n) x = modulo(x * ROOT_OF_MINUS_ONE, P)
  else if (square !== u) return undefined
  if (x === 0n && sign === 1n) return undefined
  return pointOf((x & 1n) === sign ? x : modulo(-x, P), y)
}

function encode({ x, y, z }: Point): Buffer {
  const inverse = inverseOf(z, P)
  const sign = modulo(x * inverse, P) & 1n
  const number = modulo(y * inverse, P) | (sign << 255n)
  return Buffer.from(number.toString(16).padStart(2 * SIZE, '0'), 'hex').reverse()
}

/** u × first + v × second, both at once. */
function addMultiples(u: bigint, first: Point, v: bigint, second: Point): Point {
  const both = add(first, second)
  let sum = ZERO
  for (let bit = 255n; bit >= 0n; bit--) {
    sum = add(sum, sum)
    const [inU, inV] = [(u >> bit) & 1n, (v >> bit) & 1n]
    if (inU && inV) sum = add(sum, both)
    else if (inU) sum = add(sum, first)
    else if (inV) sum = add(sum, second)
  }
  return sum
}

/** Holds for all points, equal ones too. RFC 8032, section 5.1.4. */
function add(one: Point, other: Point): Point {
  const a = modulo((one.y - one.x) * (other.y - other.x), P)
  const b = modulo((one.y + one.x) * (other.y + other.x), P)
  const c = modulo(2n * one.t * other.t * D, P)
  const d = modulo(2n * one.z * other.z, P)
  const [e, f, g, h] = [b - a, d - c, d + c, b + a]
  return { x: modulo(e * f, P), y: modulo(g * h, P), z: modulo(f * g, P), t: modulo(e * h, P) }
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = modulo(result * result, P)
    if (bit === '1') result = modulo(result * base, P)
  }
  return result
}

function fromLittle(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)
}
