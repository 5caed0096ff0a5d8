import { createHash } from 'node:crypto'
import type { KeyMaterial } from '../../contract.ts'
import type { CbcCipher } from '../cbc.ts'
import { derivedKeys } from '../derived-keys.ts'
import { secretsOf } from '../passphrases.ts'

const ROUNDS = 2 ** 18
/** Rounds that are hashed at once: from each such number on, one byte of the vector is taken. */
const STRIDE = ROUNDS / 16
/** Bytes behind password and salt that count the rounds. */
const COUNTER = 3
const KEY = 16
/** The archiver's SHA-1 changes longer ones on the way: in characters. */
const LONGEST = 28
/** Of all salts and passwords together: an archive has one salt, and each takes a quarter of a million rounds. */
const MOST_DERIVED = 8

/** A password, and the bytes that were handed in. */
export interface Password {
  readonly secret: Uint8Array
  /** UTF-16LE, as it is hashed. */
  readonly text: Buffer
}

const derived = derivedKeys<CbcCipher | undefined>()

/** The passwords that were handed in, and what comes of them. */
export class Rar4Keys {
  readonly passwords: readonly Password[]
  #left = MOST_DERIVED

  constructor(keys: readonly KeyMaterial[]) {
    this.passwords = keys
      .flatMap(secretsOf)
      .map(({ secret, text }) => ({
        secret,
        text: Buffer.from(Buffer.from(text).toString('utf8'), 'utf16le'),
      }))
      .filter(({ text }) => text.length <= 2 * LONGEST)
  }

  /** Undefined where too many were derived before. */
  cipherFor({ secret, text }: Password, salt: Uint8Array): CbcCipher | undefined {
    return derived(secret, `${text.length} ${Buffer.from(salt).toString('hex')}`, () =>
      this.#left-- > 0 ? cipherOf(text, salt) : undefined,
    )
  }
}

/** SHA-1 over password, salt and a number of 24 bits, for each round one behind the other (XADMaster, XADRARAESHandle). */
function cipherOf(password: Buffer, salt: Uint8Array): CbcCipher {
  const one = Buffer.concat([password, salt, Buffer.alloc(COUNTER)])
  const many = Buffer.concat(Array<Buffer>(STRIDE).fill(one))
  const hash = createHash('sha1')
  const vector = Buffer.alloc(KEY)
  for (let round = 0; round < ROUNDS; round += STRIDE) {
    for (let index = 0; index < STRIDE; index++)
      many.writeUIntLE(round + index, (index + 1) * one.length - COUNTER, COUNTER)
    hash.update(many.subarray(0, one.length))
    vector[round / STRIDE] = hash.copy().digest().at(-1) as number
    hash.update(many.subarray(one.length))
  }
  const key = hash.digest().subarray(0, KEY).swap32()
  return { algorithm: 'aes-128-cbc', key: key.toString('hex'), vector: vector.toString('hex') }
}
