import { createHash } from 'node:crypto'

export const SALTED = 'Salted__'
/** The magic, and a salt of eight bytes. */
export const SALTED_HEADER = 16

/** Key and vector as `openssl enc` derives them from a password and a salt without `-pbkdf2`: digests of digests. */
export function saltedSecret(
  password: string,
  salt: Uint8Array,
  digest: 'md5' | 'sha256',
  length: number,
): Buffer {
  let last = Buffer.alloc(0)
  let all = Buffer.alloc(0)
  while (all.length < length) {
    last = createHash(digest).update(last).update(password).update(salt).digest()
    all = Buffer.concat([all, last])
  }
  return all.subarray(0, length)
}
