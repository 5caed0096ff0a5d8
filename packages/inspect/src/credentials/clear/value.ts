import { DEFAULT_WORDS } from './words.ts'

/** What stands where a secret would stand. */
export type ValueKind =
  /** Nothing, or a word that switches something on or off. */
  | 'nothing'
  /** Something else has to be put in its place before it works. */
  | 'placeholder'
  /** A variable, a command, a file: the secret is elsewhere. */
  | 'reference'
  /** Only what is left of a password that was hashed or encrypted. */
  | 'hash'
  /** One that everybody tries first. */
  | 'default'
  | 'literal'

const NOTHING =
  /^(?:|null|nil|none|undefined|undef|define|true|false|yes|no|on|off|enabled?d?|disabled?|required|optional|default|auto|unset|empty|blank|n\/a|-|\?|ask|prompt|any|all|string|text|password\(\)|str|varchar.*|char.*|object|bool(?:ean)?|int(?:eger)?)$/i
const PLACEHOLDER =
  /^(?:<.*>|\[.*\]|\{\{.*\}\}|\(.*\)|__.*__|@.*@|%.*%|\*+|\.{2,}|…|x{3,}|X{3,}|0+|1+|#+|-+|_+|\?+)$|^(?:your|my)[-_ ]|^your[A-Z]|(?:^|[-_ ])(?:here|goes|placeholder|replace|insert|example|sample|dummy|foobar|todo|fixme|tbd|redacted|hidden)(?:$|[-_ ])|^(?:insert|enter|put|type|replace|fill|choose|specify|some|the|a|an|example|sample|dummy|put)[-_ ]|x{5,}|\*{4,}|\.\.\.|<[a-z][a-z0-9 _-]*>|^(?:TODO|FIXME|EXAMPLE|SECRET_?KEY|PASSWORD_?HERE|REPLACE\w*|CHANGE_?THIS\w*|INSERT\w*|YOUR\w*|PLACEHOLDER|placeholder|foo|bar|baz|foobar)$/
const REFERENCE =
  /\$\{|\$\(|\$[A-Za-z_]|`|%[sdxu@]|%\(|#\{|\{[a-z_]*\}|^(?:file|env|vault|keyring|prompt|exec|pass|secret|ref|var):|^!|^ENC[[(]|^(?:\.{0,2}|~)\/[\w.-]|^[A-Za-z]:\\|^[\w.]+\(.*\)|^&|^\\?\w+::|^[a-z]+\.[a-z_.]+\(|^@[\w/]+$/
const HASH =
  /^\{[0-9a-f]{40}[^}]*$|^\$(?:1|2[abxy]?|5|6|7|y|gy|apr1|argon2\w*|pbkdf2\w*|scrypt|md5|sha1|P|H|S)\$|^\{(?:SHA|SSHA|MD5|SMD5|CRYPT|PKCS5S2|SSHA\d+|SHA\d+|ssha|sha|md5)\d*\}|^(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})$|^sha(?:1|256|384|512)-|^(?:0x)?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$|^(?:scram-sha-\d+|pbkdf2[:_]|bcrypt|argon2)/i

/** @param value byte string, without quotes */
export function valueKind(value: string): ValueKind {
  const word = value.trim()
  if (word.length > 1024) return 'reference'
  if (NOTHING.test(word)) return 'nothing'
  if (HASH.test(word)) return 'hash'
  if (DEFAULT_WORDS.has(word.toLowerCase())) return 'default'
  if (REFERENCE.test(word)) return 'reference'
  if (PLACEHOLDER.test(word)) return 'placeholder'
  return 'literal'
}

/** Whether a value is a secret in the clear. */
export function isClear(value: string): boolean {
  const kind = valueKind(value)
  return kind === 'default' || kind === 'literal'
}

/** Bits of entropy of one character, by how often each of them stands in the value. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>()
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / value.length) * Math.log2(count / value.length),
    0,
  )
}

/** Words and sentences, as in help texts and translations: no password of a machine has three of them. */
export function isProse(value: string): boolean {
  return /\S\s+\S+\s+\S|\S\s.*[.!?:]$|^[A-ZÄÖÜ]?[a-zäöüß]+ [a-zäöüß]+$/.test(value.trim())
}
