import { wasm } from '../cores/blowfish.wasm.ts'
import { lazyCore } from '../cores/core.ts'

interface BlowfishExports {
  strengthen(keys: number, salt: number, rounds: number): void
  encrypt64(first: number, second: number, out: number): void
}

const core = lazyCore<BlowfishExports>(wasm)

/** So many passwords are computed in little more than the time of one. */
export const BCRYPT_LANES = 2

const STATES = 4096
const STATE = 8192
const KEYS = STATES + BCRYPT_LANES * STATE
const SALT = KEYS + 256
const OUT = SALT + 128
const END = OUT + 64

const SUBKEYS = 18
const WORDS = SUBKEYS + 4 * 256
const MOST_PASSWORD = 72
const DIGEST = 23
const TEXT = Buffer.from('OrpheanBeholderScryDoubt', 'latin1')

let initial: Uint32Array | undefined

/**
 * The 23 bytes of bcrypt (Provos and Mazières, 1999) for each password.
 * @param passwords at most BCRYPT_LANES; their first 72 bytes count
 * @param salt 16 bytes
 * @param cost binary logarithm of the number of rounds, 4 to 31
 */
export function bcrypt(
  passwords: readonly Uint8Array[],
  salt: Uint8Array,
  cost: number,
): readonly Uint8Array[] {
  if (passwords.length > BCRYPT_LANES || salt.length !== 16 || !(cost >= 4 && cost <= 31))
    throw new RangeError('a salt of 16 bytes and a cost of 4 to 31 are wanted')
  const { exports, memory } = core()
  const { buffer } = memory(END)
  initial ??= fractionOfPi(WORDS)
  for (let lane = 0; lane < BCRYPT_LANES; lane++) {
    new Uint32Array(buffer, STATES + lane * STATE, WORDS).set(initial)
    const password = (passwords[lane] ?? passwords[0] ?? new Uint8Array()).subarray(0, MOST_PASSWORD)
    const key = cyclic(Buffer.concat([password, new Uint8Array(1)]))
    new Uint32Array(buffer, KEYS + lane * SUBKEYS * 4, SUBKEYS).set(key)
  }
  new Uint32Array(buffer, SALT, SUBKEYS).set(cyclic(salt))
  exports.strengthen(KEYS, SALT, 2 ** cost)
  const digests = passwords.map(() => Buffer.alloc(TEXT.length))
  for (let at = 0; at < TEXT.length; at += 8) {
    exports.encrypt64(TEXT.readInt32BE(at), TEXT.readInt32BE(at + 4), OUT)
    digests.forEach((digest, lane) => {
      const [left = 0, right = 0] = new Uint32Array(buffer, OUT + lane * 8, 2)
      digest.writeUInt32BE(left, at)
      digest.writeUInt32BE(right, at + 4)
    })
  }
  return digests.map((digest) => digest.subarray(0, DIGEST))
}

/** Bytes repeated until they fill the subkeys, as big-endian words. */
function cyclic(bytes: Uint8Array): Uint32Array {
  const filled = Buffer.from(
    Uint8Array.from({ length: SUBKEYS * 4 }, (_, at) => bytes[at % bytes.length] ?? 0),
  )
  return Uint32Array.from({ length: SUBKEYS }, (_, at) => filled.readUInt32BE(at * 4))
}

/**
 * The first words of pi after the point, which are the subkeys and boxes before any key (Schneier, "Description of a New
 * Variable-Length Key…", 1993), by Machin's formula; the guard bits take up what the divisions cut off.
 */
function fractionOfPi(words: number): Uint32Array {
  const guard = 64n
  const bits = BigInt(words * 32) + guard
  const one = 1n << bits
  const inverseTangent = (of: bigint): bigint => {
    let power = one / of
    let sum = power
    for (let divisor = 3n, sign = -1n; power > 0n; divisor += 2n, sign = -sign) {
      power /= of * of
      sum += (sign * power) / divisor
    }
    return sum
  }
  const pi = 4n * (4n * inverseTangent(5n) - inverseTangent(239n))
  const hex = ((pi - 3n * one) >> guard).toString(16).padStart(words * 8, '0')
  return Uint32Array.from({ length: words }, (_, at) => Number.parseInt(hex.slice(at * 8, at * 8 + 8), 16))
}
