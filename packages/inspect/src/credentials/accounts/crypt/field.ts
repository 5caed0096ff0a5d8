import { bcrypt } from './bcrypt.ts'
import { desCrypt } from './des-crypt.ts'
import { md5Crypt } from './md5-crypt.ts'
import { SHA_CRYPT_ROUNDS, type ShaCryptDigest, shaCrypt } from './sha-crypt.ts'

export type TriedScheme = 'des' | 'md5' | 'apr1' | 'sha256' | 'sha512' | 'bcrypt'

/** A hash that can be tried here. */
export interface TriableHash {
  readonly scheme: TriedScheme
  /** What one try costs, in tries of DES (about 50 µs, generously counted): work is bounded by this and not by seconds. */
  readonly cost: number
  /** A command that a laboratory types the password into, to compare; undefined where the salt has odd characters. */
  readonly repeat: string | undefined
  matches(password: string): boolean
}

/** Why a hash was not tried: nobody wrote its kind yet, or one try would take too long. */
export type WhyUntried = 'not-computed-here' | 'cost-too-high'

/** What the second field of a line of passwd or shadow says. */
export type PasswordField =
  | { readonly state: 'empty' }
  /** `x` in passwd: the hash stands in shadow. */
  | { readonly state: 'elsewhere' }
  | { readonly state: 'locked' }
  /** Text that no crypt(3) gives, so no password fits. */
  | { readonly state: 'unusable' }
  | { readonly state: 'hash'; readonly hash: TriableHash }
  | { readonly state: 'untried'; readonly scheme: string; readonly why: WhyUntried }

/** Beyond these one try takes half a second and more. */
const MOST_SHA_ROUNDS = 200_000
const MOST_BCRYPT_COST = 12

/** Kinds that are recognised and not computed here, by their prefix. */
const OTHER_SCHEMES: readonly (readonly [RegExp, string])[] = [
  [/^\$y\$./, 'yescrypt'],
  [/^\$gy\$./, 'gost-yescrypt'],
  [/^\$7\$./, 'scrypt'],
  [/^\$md5[,$]/, 'SunMD5'],
  [/^\$sha1\$./, 'sha1crypt'],
  [/^\$3\$\$[0-9a-f]{32}$/, 'NT'],
  [/^\$argon2/, 'Argon2'],
  [/^\$pbkdf2/, 'PBKDF2'],
  [/^_[./0-9A-Za-z]{19}$/, 'BSDi'],
]

/** Reads a password field as crypt(5) and shadow(5) describe it. */
export function passwordField(field: string, file: 'passwd' | 'shadow'): PasswordField {
  if (field === '') return { state: 'empty' }
  if (field === 'x' && file === 'passwd') return { state: 'elsewhere' }
  if (field.startsWith('!') || field.startsWith('*')) return { state: 'locked' }
  for (const [pattern, scheme] of OTHER_SCHEMES) {
    if (pattern.test(field)) return { state: 'untried', scheme, why: 'not-computed-here' }
  }
  return desField(field) ?? md5Field(field) ?? shaField(field) ?? bcryptField(field) ?? { state: 'unusable' }
}

function desField(field: string): PasswordField | undefined {
  if (!/^[./0-9A-Za-z]{13}$/.test(field)) return undefined
  const salt = field.slice(0, 2)
  return triable(
    'des',
    1,
    `perl -lne 'print crypt($_, "${salt}")'`,
    (bytes) => salt + desCrypt(bytes, salt) === field,
  )
}

function md5Field(field: string): PasswordField | undefined {
  const match = /^\$(1|apr1)\$([^$]{0,8})\$([./0-9A-Za-z]{22})$/.exec(field)
  if (!match) return undefined
  const [, name, salt = '', digest] = match
  const [magic, scheme] = name === '1' ? (['$1$', 'md5'] as const) : (['$apr1$', 'apr1'] as const)
  const repeat = opensslPasswd(`-${name}`, salt)
  return triable(scheme, 20, repeat, (bytes) => md5Crypt(bytes, salt, magic) === digest)
}

function shaField(field: string): PasswordField | undefined {
  const match =
    /^\$([56])\$(?:rounds=(\d{1,10})\$)?([^$]{0,16})\$([./0-9A-Za-z]{43}|[./0-9A-Za-z]{86})$/.exec(field)
  if (!match) return undefined
  const [, name, stated, salt = '', digest = ''] = match
  const algorithm: ShaCryptDigest = name === '5' ? 'sha256' : 'sha512'
  if (digest.length !== (name === '5' ? 43 : 86)) return undefined
  const { usual, least, most } = SHA_CRYPT_ROUNDS
  const rounds = stated === undefined ? usual : Math.min(most, Math.max(least, Number(stated)))
  if (rounds > MOST_SHA_ROUNDS) return { state: 'untried', scheme: algorithm, why: 'cost-too-high' }
  const repeat = opensslPasswd(`-${name}`, salt, stated)
  return triable(
    algorithm,
    Math.ceil(rounds / 50),
    repeat,
    (bytes) => shaCrypt(algorithm, bytes, salt, rounds) === digest,
  )
}

function bcryptField(field: string): PasswordField | undefined {
  const match = /^\$2[abxy]\$(\d\d)\$([./0-9A-Za-z]{22})([./0-9A-Za-z]{31})$/.exec(field)
  if (!match) return undefined
  const [, stated, salt = '', digest] = match
  const cost = Number(stated)
  if (cost < 4 || cost > 31) return { state: 'unusable' }
  if (cost > MOST_BCRYPT_COST) return { state: 'untried', scheme: 'bcrypt', why: 'cost-too-high' }
  const repeat = 'htpasswd -v FILE USER, with the line as USER:HASH in FILE'
  return triable(
    'bcrypt',
    Math.ceil(1.5 * 2 ** cost),
    repeat,
    (bytes) => bcrypt(bytes, salt, cost) === digest,
  )
}

function triable(
  scheme: TriedScheme,
  cost: number,
  repeat: string | undefined,
  matches: (password: Uint8Array) => boolean,
): PasswordField {
  return {
    state: 'hash',
    hash: { scheme, cost, repeat, matches: (password) => matches(Buffer.from(password, 'utf8')) },
  }
}

/** Salts come from the image and people paste commands: only harmless ones are written down. OpenSSL knows no `rounds=`. */
function opensslPasswd(option: string, salt: string, rounds?: string): string | undefined {
  if (rounds !== undefined || !/^[./0-9A-Za-z]+$/.test(salt)) return undefined
  return `openssl passwd ${option} -salt ${salt} -stdin`
}
