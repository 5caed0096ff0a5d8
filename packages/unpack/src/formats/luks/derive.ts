import * as nodeCrypto from 'node:crypto'
import { createHash, pbkdf2Sync } from 'node:crypto'

/** How a passphrase becomes a key. */
export type Derivation =
  | { readonly kind: 'pbkdf2'; readonly hash: string; readonly iterations: number; readonly salt: Uint8Array }
  | {
      readonly kind: 'argon2i' | 'argon2id'
      readonly passes: number
      /** KiB. */
      readonly memory: number
      readonly lanes: number
      readonly salt: Uint8Array
    }

/** What one derivation may cost: cryptsetup takes two seconds, and 1 GiB, unless somebody says otherwise. */
const MOST_ITERATIONS = 20_000_000
const MOST_MEMORY = 1024 * 1024
const MOST_MEMORY_PASSES = 16 * MOST_MEMORY
const MOST_LANES = 16
const HASHES = new Set(['sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'ripemd160'])

/** A derivation that costs more than is spent here, or that this program does not know. */
export class NotDerived extends Error {}

/** Bytes of a digest. @throws NotDerived */
export function digestLength(hash: string): number {
  if (!HASHES.has(hash)) throw new NotDerived(`its hash ${hash} is not known here`)
  return createHash(hash).digest().length
}

/** @throws NotDerived */
export function deriveKey(passphrase: Uint8Array, how: Derivation, length: number): Buffer {
  switch (how.kind) {
    case 'pbkdf2':
      digestLength(how.hash)
      if (!(how.iterations > 0 && how.iterations <= MOST_ITERATIONS))
        throw new NotDerived(`its key takes ${how.iterations} rounds of PBKDF2`)
      return pbkdf2Sync(passphrase, how.salt, how.iterations, length, how.hash)
    case 'argon2i':
    case 'argon2id':
      return deriveWithArgon(passphrase, how, length)
  }
}

function deriveWithArgon(
  passphrase: Uint8Array,
  { kind, passes, memory, lanes, salt }: Extract<Derivation, { memory: number }>,
  length: number,
): Buffer {
  const sound = passes > 0 && lanes > 0 && lanes <= MOST_LANES && memory >= 8 * lanes
  if (!sound || memory > MOST_MEMORY || passes * memory > MOST_MEMORY_PASSES)
    throw new NotDerived(`its key takes ${passes} passes of Argon2 over ${memory} KiB`)
  // The threads of the sandbox have it; an older Node, on which the library may run, has not.
  if (!nodeCrypto.argon2Sync) throw new NotDerived('this version of Node.js has no Argon2')
  const parameters = {
    message: passphrase,
    nonce: salt,
    parallelism: lanes,
    tagLength: length,
    memory,
    passes,
  }
  return nodeCrypto.argon2Sync(kind, parameters)
}
