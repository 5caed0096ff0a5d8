import { createHash } from 'node:crypto'
import { type Bytes, latin1 } from '@messlatte/bytes'
import { type KeyRead, named, privateKey, publicKey } from '../read-key.ts'
import { ed25519PublicKey } from '../ssh-wire.ts'
import { ed25519Pair } from './seeds.ts'
import { base64, textAt } from './text.ts'

// signify (OpenBSD), usign (OpenWrt) and minisign: a comment, and below it one line of base 64.

export const SIGNIFY_LITERAL = 'untrusted comment: '

const MOST_COMMENT = 1100
const MOST_LINE = 400

const SIGNIFY_SECRET = 104
const MINISIGN_SECRET = 158
const PUBLIC = 42

/** A key of signify, usign or minisign whose comment starts here; signatures and other texts are none. */
export function readSignify(
  bytes: Bytes,
  offset: number,
): (KeyRead & { readonly length: number }) | undefined {
  const text = textAt(bytes, offset, MOST_COMMENT + MOST_LINE)
  const match = /^untrusted comment: ([^\r\n\0]{0,1024})\r?\n([A-Za-z0-9+/=]{40,400})/.exec(text)
  const data = match && base64(match[2] ?? '')
  if (!match || !data || data.subarray(0, 2).toString('latin1') !== 'Ed') return undefined
  const key = keyOf(data, named(match[1] ?? ''))
  return key && { ...key, length: match[0].length }
}

function keyOf(data: Buffer, name: string): KeyRead | undefined {
  switch (data.length) {
    case SIGNIFY_SECRET:
      return signifySecret(data, name)
    case MINISIGN_SECRET:
      return minisignSecret(data, name)
    case PUBLIC:
      return publicKey(ed25519PublicKey(data.subarray(10)), 'signify', name)
    default:
      return undefined
  }
}

/** `Ed`, `BK`, rounds, salt of 16, checksum of 8, number of 8, key of 64 bytes. */
function signifySecret(data: Buffer, name: string): KeyRead | undefined {
  if (data.subarray(2, 4).toString('latin1') !== 'BK') return undefined
  const rounds = data.readUInt32BE(4)
  const key = data.subarray(40)
  if (rounds !== 0) return encrypted('signify', name, `bcrypt PBKDF ${rounds}`)
  const checksum = createHash('sha512').update(key).digest().subarray(0, 8)
  const pair = checksum.equals(data.subarray(24, 32)) ? ed25519Pair(key) : undefined
  return pair && privateKey(pair, 'signify', name)
}

/** `Ed`, derivation, checksum `B2`, salt of 32, two limits of 8; then, in the clear or hidden, number, key and checksum. */
function minisignSecret(data: Buffer, name: string): KeyRead | undefined {
  if (data.subarray(4, 6).toString('latin1') !== 'B2') return undefined
  const derivation = latin1(data.subarray(2, 4))
  if (derivation === 'Sc') return encrypted('minisign', name, 'scrypt')
  const pair = derivation === '\0\0' ? ed25519Pair(data.subarray(62, 126)) : undefined
  return pair && privateKey(pair, 'minisign', name)
}

function encrypted(container: 'signify' | 'minisign', name: string, protection: string): KeyRead {
  return {
    half: 'encrypted',
    identity: undefined,
    container,
    name,
    protection: { name: protection, tried: 0, of: 0 },
  }
}
