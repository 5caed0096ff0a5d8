import type { HashKind, ReadHash } from './hash.ts'
import { bcryptKind } from './kinds/bcrypt.ts'
import { bsdiKind, desKind } from './kinds/des.ts'
import { md5Kind } from './kinds/md5.ts'
import { scryptKind, werkzeugScryptKind, yescryptKind } from './kinds/memory-hard.ts'
import { PBKDF2_KINDS } from './kinds/pbkdf2.ts'
import { ldapKind, mosquittoKind, ntKind } from './kinds/plain.ts'
import { shaKind } from './kinds/sha.ts'

/** Kinds that say by themselves what they are. */
const KINDS: readonly HashKind[] = [
  md5Kind,
  shaKind,
  bcryptKind,
  yescryptKind,
  scryptKind,
  ntKind,
  mosquittoKind,
  ...PBKDF2_KINDS,
  werkzeugScryptKind,
  ldapKind,
  bsdiKind,
]

/** Kinds that are recognised and not computed here, by their prefix. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^\$gy\$./, 'gost-yescrypt'],
  [/^\$7\$[./0-9A-Za-z]{11}/, 'scrypt'],
  [/^\$md5[,$]/, 'SunMD5'],
  [/^\$sha1\$./, 'sha1crypt'],
  [/^\$argon2/, 'Argon2'],
  [/^argon2\$argon2/, 'Argon2'],
]

/** First characters of the kinds above. */
const MARKS = '${_ps'

/** A hash that says what it is; undefined for anything else. Thirteen bare characters may be traditional DES: `desKind`. */
export function readHash(text: string): ReadHash | undefined {
  const marked = MARKS.includes(text.charAt(0)) || text.startsWith('argon2$')
  if (!marked || text.length < 13 || text.length > 512) return undefined
  const inner = /^\{CRYPT\}/i.test(text) ? text.slice(7) : text
  for (const kind of KINDS) {
    const read = kind(inner)
    if (read) return read
  }
  if (inner !== text) return desKind(inner)
  const other = OTHERS.find(([pattern]) => pattern.test(text))
  return other && { state: 'untried', scheme: other[1], why: 'not-computed-here' }
}

/** What a field holds that is handed to crypt(3): also traditional DES, which has no mark. */
export function readCrypt(text: string): ReadHash | undefined {
  return readHash(text) ?? desKind(text)
}
