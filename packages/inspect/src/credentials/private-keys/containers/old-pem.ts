import { createDecipheriv, createHash } from 'node:crypto'

const KEY_BYTES: Readonly<Record<string, number>> = {
  'AES-128-CBC': 16,
  'AES-192-CBC': 24,
  'AES-256-CBC': 32,
  'DES-EDE3-CBC': 24,
  'DES-CBC': 8,
}

/**
 * The content of a PEM block with the old headers (RFC 1421 as OpenSSL writes it): the key is MD5 over passphrase and IV.
 * Undefined for a cipher that is not known; padding that does not fit throws.
 * @param dek `AES-128-CBC,0A1B…`
 */
export function decryptOldPem(dek: string, content: Uint8Array, passphrase: string): Buffer | undefined {
  const [name = '', hex = ''] = dek.split(',')
  const bytes = KEY_BYTES[name]
  if (bytes === undefined) return undefined
  const iv = Buffer.from(hex, 'hex')
  const pieces: Buffer[] = []
  for (let have = 0, last: Buffer = Buffer.alloc(0); have < bytes; have += last.length) {
    last = createHash('md5').update(last).update(passphrase).update(iv.subarray(0, 8)).digest()
    pieces.push(last)
  }
  const key = Buffer.concat(pieces).subarray(0, bytes)
  // Single DES is triple DES with one key.
  const decipher =
    name === 'DES-CBC'
      ? createDecipheriv('des-ede3-cbc', Buffer.concat([key, key, key]), iv)
      : createDecipheriv(name.toLowerCase(), key, iv)
  return Buffer.concat([decipher.update(content), decipher.final()])
}
