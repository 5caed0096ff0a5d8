import { createHash } from 'node:crypto'
import { type Bytes, DecodeError } from '@messlatte/bytes'
import { cbcBytes } from '../cbc.ts'
import { derivedKeys } from '../derived-keys.ts'

/** Rounds of a derivation, as a power of two: 7-Zip writes 19, and more than 24 it does not read. */
const MOST_ROUNDS = 24
/** Instead of a number of rounds: the password is the key. */
const NO_ROUNDS = 0x3f
const BLOCK = 16
const KEY = 32
/** Rounds that are hashed at once. */
const STRIDE = 1024

interface AesProperties {
  readonly rounds: number
  readonly salt: Uint8Array
  readonly vector: Uint8Array
}

/** 7-Zip, CPP/7zip/Crypto/7zAes.cpp. @throws DecodeError */
function propertiesOf(properties: Uint8Array): AesProperties {
  const [first = 0, second = 0] = properties
  const saltSize = first & 0xc0 ? ((first >> 7) & 1) + (second >> 4) : 0
  const vectorSize = first & 0xc0 ? ((first >> 6) & 1) + (second & 0x0f) : 0
  const from = first & 0xc0 ? 2 : 1
  if (properties.length !== from + saltSize + vectorSize || vectorSize > BLOCK)
    throw new DecodeError('corrupt', '7z: bad properties of AES-256')
  const rounds = first & 0x3f
  if (rounds > MOST_ROUNDS && rounds !== NO_ROUNDS)
    throw new DecodeError('unsupported', `7z: a key that is derived in 2^${rounds} rounds`)
  const vector = new Uint8Array(BLOCK)
  vector.set(properties.subarray(from + saltSize))
  return { rounds, salt: properties.subarray(from, from + saltSize), vector }
}

/** Each key takes half a million rounds, and all folders of an archive mostly have the same one. */
const derived = derivedKeys<Uint8Array>()

function keyFrom(password: Uint8Array, { rounds, salt }: AesProperties): Uint8Array {
  const name = `${rounds} ${Buffer.from(salt).toString('hex')}`
  return derived(password, name, () => deriveKey(password, rounds, salt))
}

/** SHA-256 over salt, password (UTF-16LE) and a number of 64 bits, for each round one behind the other. */
function deriveKey(password: Uint8Array, rounds: number, salt: Uint8Array): Uint8Array {
  const one = Buffer.concat([
    salt,
    Buffer.from(Buffer.from(password).toString('utf8'), 'utf16le'),
    Buffer.alloc(8),
  ])
  if (rounds === NO_ROUNDS) return Buffer.concat([one.subarray(0, -8), Buffer.alloc(KEY)]).subarray(0, KEY)
  const count = 2 ** rounds
  const many = Buffer.concat(Array<Buffer>(Math.min(count, STRIDE)).fill(one))
  const hash = createHash('sha256')
  for (let round = 0; round < count; round += STRIDE) {
    for (let index = 0; index < STRIDE && round + index < count; index++)
      many.writeUInt32LE(round + index, (index + 1) * one.length - 8)
    hash.update(many)
  }
  return hash.digest()
}

/** The first `size` bytes of what is encrypted, in the clear. @throws DecodeError */
export function decryptedBytes(
  source: Bytes,
  properties: Uint8Array,
  password: Uint8Array,
  size: number,
): Bytes {
  const parsed = propertiesOf(properties)
  const [key, vector] = [keyFrom(password, parsed), parsed.vector].map((part) =>
    Buffer.from(part).toString('hex'),
  )
  return cbcBytes(source, { algorithm: 'aes-256-cbc', key: key as string, vector: vector as string }, size)
}
