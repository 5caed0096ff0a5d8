import { createHash } from 'node:crypto'
import type { KeyMaterial } from '../../contract.ts'
import { passphrasesOf } from '../passphrases.ts'
import { rc4Cipher } from '../rc4.ts'
import type { Sit5Fork } from './parse.ts'

/** Bytes that are kept of a digest. */
const KEY = 5

/** Undoes the encryption of a fork, where one of the keys is the password of its archive. */
export function decryptionOf(
  fork: Sit5Fork,
  digest: Uint8Array | undefined,
  keys: readonly KeyMaterial[],
): ((packed: Uint8Array) => Uint8Array) | undefined {
  if (!fork.isEncrypted || !digest) return undefined
  const archiveKey = keys
    .flatMap(passphrasesOf)
    .map(shortDigest)
    .find((key) => shortDigest(key).equals(digest))
  if (!archiveKey) return undefined
  const cipher = rc4Cipher(Buffer.concat([archiveKey, fork.key]))
  return (packed) => {
    const plain = Uint8Array.from(packed)
    cipher.decrypt(plain)
    return plain
  }
}

function shortDigest(bytes: Uint8Array): Buffer {
  return createHash('md5').update(bytes).digest().subarray(0, KEY)
}
