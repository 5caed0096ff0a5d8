import { hash } from 'node:crypto'
import { type HashKind, oneByOne, type ReadHash } from '../hash.ts'
import { md4 } from './md4.ts'

/** One digest, and what it costs next to md5crypt. */
const COST = 0.01

type Algorithm = 'md5' | 'sha1' | 'sha256' | 'sha512'

const NAMES: Readonly<Record<Algorithm, string>> = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha512: 'SHA-512',
}

export interface PlainDigest {
  readonly algorithm: Algorithm
  readonly target: Buffer
  /** What is hashed before and after the password. */
  readonly before?: Buffer
  readonly after?: Buffer
  /** Where the kind has a name of its own. */
  readonly scheme?: string
}

const NOTHING = Buffer.alloc(0)

/** One digest of a password, with whatever stands before and after it. */
export function plainHash({
  algorithm,
  target,
  before = NOTHING,
  after = NOTHING,
  scheme,
}: PlainDigest): ReadHash {
  return oneByOne(
    scheme ?? `${after.length + before.length > 0 ? 'salted ' : ''}${NAMES[algorithm]}`,
    COST,
    `python3 -c "import hashlib; print(hashlib.${algorithm}(bytes.fromhex('${before.toString('hex')}') + input().encode() + bytes.fromhex('${after.toString('hex')}')).hexdigest())"`,
    (password) => target.equals(hash(algorithm, Buffer.concat([before, password, after]), 'buffer')),
  )
}

const LDAP: Readonly<Record<string, { readonly algorithm: Algorithm; readonly bytes: number }>> = {
  MD5: { algorithm: 'md5', bytes: 16 },
  SMD5: { algorithm: 'md5', bytes: 16 },
  SHA: { algorithm: 'sha1', bytes: 20 },
  SSHA: { algorithm: 'sha1', bytes: 20 },
  SHA256: { algorithm: 'sha256', bytes: 32 },
  SSHA256: { algorithm: 'sha256', bytes: 32 },
  SHA512: { algorithm: 'sha512', bytes: 64 },
  SSHA512: { algorithm: 'sha512', bytes: 64 },
}

/** Directory servers' `{SSHA}` and its like (RFC 2307), which htpasswd writes as well: base64 of the digest and a salt. */
export const ldapKind: HashKind = (text) => {
  const match = /^\{(S?(?:MD5|SHA(?:256|512)?))\}([0-9A-Za-z+/]{22,120}={0,2})$/i.exec(text)
  const kind = LDAP[match?.[1]?.toUpperCase() ?? '']
  if (!match || !kind) return undefined
  const [, name = '', encoded = ''] = match
  const bytes = Buffer.from(encoded, 'base64')
  const salted = name.toUpperCase().startsWith('SS') || name.toUpperCase() === 'SMD5'
  if (salted ? bytes.length <= kind.bytes : bytes.length !== kind.bytes) return undefined
  const { algorithm } = kind
  return plainHash({ algorithm, target: bytes.subarray(0, kind.bytes), after: bytes.subarray(kind.bytes) })
}

/** mosquitto's first kind: `$6$`, base64 of a salt of 12 bytes, base64 of one SHA-512 of password and salt. */
export const mosquittoKind: HashKind = (text) => {
  const match = /^\$6\$([0-9A-Za-z+/]{16})\$([0-9A-Za-z+/]{86}==)$/.exec(text)
  if (!match) return undefined
  const [, salt = '', digest = ''] = match
  return plainHash({
    algorithm: 'sha512',
    target: Buffer.from(digest, 'base64'),
    after: Buffer.from(salt, 'base64'),
  })
}

/**
 * Windows' hash: MD4 of the password in UTF-16. crypt(3)'s `$3$` takes each byte of it for a character; others write `$NT$`
 * before what Windows has.
 */
export const ntKind: HashKind = (text) => {
  const match = /^(\$3\$\$|\$NT\$)([0-9a-f]{32})$/i.exec(text)
  return match ? ntHash(match[2] ?? '', match[1] === '$3$$' ? 'latin1' : 'utf8') : undefined
}

/** @param hex 32 hex digits @param encoding what the bytes of a password are before they become UTF-16 */
export function ntHash(hex: string, encoding: 'latin1' | 'utf8' = 'utf8'): ReadHash {
  const target = Buffer.from(hex, 'hex')
  const repeat = 'tr -d "\\n" | iconv -t UTF-16LE | openssl dgst -provider legacy -md4'
  return oneByOne('NT', COST, repeat, (password) =>
    target.equals(md4(Buffer.from(Buffer.from(password).toString(encoding), 'utf16le'))),
  )
}
