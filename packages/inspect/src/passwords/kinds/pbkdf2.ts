import { pbkdf2Sync } from 'node:crypto'
import { type HashKind, oneByOne, type ReadHash } from '../hash.ts'

const BYTES = { sha1: 20, sha256: 32, sha512: 64 } as const

type Algorithm = keyof typeof BYTES

/** Iterations that cost as much as a try of md5crypt. */
const PER_COST: Readonly<Record<Algorithm, number>> = { sha1: 300, sha256: 250, sha512: 120 }
/** Beyond this one try takes more than half a second. */
const MOST_COST = 5000

/** passlib's `$pbkdf2-sha256$iterations$salt$digest` (also `$pbkdf2$` for SHA-1), and `{PBKDF2-SHA256}` of directory servers. */
const modular: HashKind = (text) => {
  const match =
    /^(?:\$pbkdf2(?:-(sha1|sha256|sha512))?\$|\{PBKDF2(?:-(SHA1|SHA256|SHA512))?\})(\d{1,8})\$([0-9A-Za-z+./]{0,120})\$([0-9A-Za-z+./]{20,120})$/.exec(
      text,
    )
  if (!match) return undefined
  const [, first, second, iterations, salt = '', digest = ''] = match
  return pbkdf2(algorithmOf(first ?? second ?? 'sha1'), Number(iterations), base64(salt), base64(digest))
}

/** mosquitto's `$7$iterations$salt$digest`, in base64. */
const mosquitto: HashKind = (text) => {
  const match = /^\$7\$(\d{1,8})\$([0-9A-Za-z+/]{4,88}={0,2})\$([0-9A-Za-z+/]{86}==)$/.exec(text)
  if (!match) return undefined
  const [, iterations, salt = '', digest = ''] = match
  return pbkdf2('sha512', Number(iterations), base64(salt), base64(digest))
}

/** Django's `pbkdf2_sha256$iterations$salt$digest`, with the salt as it is written. */
const django: HashKind = (text) => {
  const match = /^pbkdf2_(sha1|sha256)\$(\d{1,8})\$([^$]{1,64})\$([0-9A-Za-z+/]{27,43}=)$/.exec(text)
  if (!match) return undefined
  const [, name = '', iterations, salt = '', digest = ''] = match
  return pbkdf2(algorithmOf(name), Number(iterations), Buffer.from(salt, 'latin1'), base64(digest))
}

/** Werkzeug's `pbkdf2:sha256:iterations$salt$hex`. */
const werkzeug: HashKind = (text) => {
  const match = /^pbkdf2:(sha1|sha256|sha512):(\d{1,8})\$([^$]{1,64})\$([0-9a-f]{40,128})$/.exec(text)
  if (!match) return undefined
  const [, name = '', iterations, salt = '', digest = ''] = match
  return pbkdf2(
    algorithmOf(name),
    Number(iterations),
    Buffer.from(salt, 'latin1'),
    Buffer.from(digest, 'hex'),
  )
}

export const PBKDF2_KINDS: readonly HashKind[] = [modular, mosquitto, django, werkzeug]

function pbkdf2(
  algorithm: Algorithm,
  iterations: number,
  salt: Buffer,
  target: Buffer,
): ReadHash | undefined {
  if (iterations < 1 || target.length < 16 || target.length > 2 * BYTES[algorithm]) return undefined
  const scheme = `PBKDF2-${algorithm.toUpperCase()}`
  const cost = Math.max(
    0.02,
    (iterations * Math.ceil(target.length / BYTES[algorithm])) / PER_COST[algorithm],
  )
  if (cost > MOST_COST) return { state: 'untried', scheme, why: 'cost-too-high' }
  const repeat = `openssl kdf -keylen ${target.length} -kdfopt digest:${algorithm.toUpperCase()} -kdfopt pass:PASSWORD -kdfopt hexsalt:${salt.toString('hex')} -kdfopt iter:${iterations} PBKDF2`
  return oneByOne(scheme, cost, repeat, (password) =>
    target.equals(pbkdf2Sync(password, salt, iterations, target.length, algorithm)),
  )
}

function algorithmOf(name: string): Algorithm {
  const lower = name.toLowerCase()
  return lower === 'sha256' || lower === 'sha512' ? lower : 'sha1'
}

/** Base 64, in which some write a dot for a plus. */
function base64(text: string): Buffer {
  return Buffer.from(text.replaceAll('.', '+'), 'base64')
}
