import { createDecipheriv, createHash, createHmac } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import { identityOf } from '../identity.ts'
import type { Tries } from '../passphrases.ts'
import { type KeyRead, named } from '../read-key.ts'
import { isPairOfBlobs } from '../ssh-blobs.ts'
import { publicKeyOfBlob } from '../ssh-wire.ts'
import { base64, textAt } from './text.ts'

export const PUTTY_LITERAL = 'PuTTY-User-Key-File-'

const MOST_LENGTH = 32 * 1024
const FILE =
  /^PuTTY-User-Key-File-([23]): ([a-z0-9-]{5,40})\r?\nEncryption: ([a-z0-9-]{4,20})\r?\nComment: ([^\r\n]{0,500})\r?\nPublic-Lines: (\d{1,3})\r?\n((?:[A-Za-z0-9+/=]{1,80}\r?\n){1,200})((?:(?:Key-Derivation|Argon2-[A-Za-z]+): [^\r\n]{1,100}\r?\n){0,6})Private-Lines: (\d{1,3})\r?\n((?:[A-Za-z0-9+/=]{1,80}\r?\n){1,200})Private-MAC: ([0-9a-f]{40,64})/

interface Parts {
  readonly version: string
  readonly algorithm: string
  readonly encryption: string
  readonly comment: string
  readonly open: Buffer
  readonly secret: Buffer
  readonly mac: string
}

/** A key file of PuTTY, version 2 or 3 (PuTTY manual, appendix C); the MAC must hold, and the halves belong together. */
export function readPutty(
  bytes: Bytes,
  offset: number,
  tries: Tries,
): (KeyRead & { readonly length: number }) | undefined {
  const match = FILE.exec(textAt(bytes, offset, MOST_LENGTH))
  if (!match) return undefined
  const [
    all,
    version = '',
    algorithm = '',
    encryption = '',
    comment = '',
    ,
    publicLines = '',
    derivation = '',
    ,
    privateLines = '',
    mac = '',
  ] = match
  const [open, secret] = [publicLines, privateLines].map((lines) => base64(lines.replace(/\s/g, '')))
  if (!open || !secret) return undefined
  const identity = identityOfBlob(open)
  if (!identity) return undefined
  const parts: Parts = { version, algorithm, encryption, comment, open, secret, mac }
  const about = { identity, container: 'putty', name: named(comment), length: all.length } as const
  if (encryption === 'none') {
    return isWhole(parts, secret, '') ? { half: 'private', ...about } : undefined
  }
  if (version === '3')
    return {
      half: 'encrypted',
      ...about,
      protection: { name: derivation.split(/\r?\n/)[0] ?? '', tried: 0, of: 0 },
    }
  const { found, tried, of } = tries.first(1, (passphrase) => {
    const plain = decrypted(secret, passphrase)
    return plain && isWhole(parts, plain, passphrase) ? plain : undefined
  })
  return found
    ? { half: 'private', ...about, opened: found.opened }
    : { half: 'encrypted', ...about, protection: { name: 'SHA-1 AES-256-CBC', tried, of } }
}

function identityOfBlob(blob: Uint8Array) {
  const key = publicKeyOfBlob(blob)
  return key && identityOf(key)
}

function isWhole(parts: Parts, plain: Buffer, passphrase: string): boolean {
  return macOf(parts, plain, passphrase) === parts.mac && isPairOfBlobs(parts.open, plain)
}

function macOf(
  { version, algorithm, encryption, comment, open }: Parts,
  plain: Buffer,
  passphrase: string,
): string {
  const data = Buffer.concat(
    [Buffer.from(algorithm), Buffer.from(encryption), Buffer.from(comment, 'latin1'), open, plain].flatMap(
      (part) => [lengthOf(part), part],
    ),
  )
  return version === '3'
    ? createHmac('sha256', '').update(data).digest('hex')
    : createHmac('sha1', createHash('sha1').update(`putty-private-key-file-mac-key${passphrase}`).digest())
        .update(data)
        .digest('hex')
}

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(part.length)
  return length
}

/** Version 2: the key is what SHA-1 makes of a counter and the passphrase. */
function decrypted(secret: Buffer, passphrase: string): Buffer | undefined {
  if (secret.length % 16 !== 0) return undefined
  const key = Buffer.concat(
    [0, 1].map((count) =>
      createHash('sha1')
        .update(Buffer.of(0, 0, 0, count))
        .update(passphrase)
        .digest(),
    ),
  ).subarray(0, 32)
  const decipher = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false)
  return Buffer.concat([decipher.update(secret), decipher.final()])
}
