/** Which list a passphrase came from. */
export type PassphraseList = 'usual-passphrases' | 'product-words' | 'wordlist'

export interface Opened {
  readonly passphrase: string
  readonly list: PassphraseList
  /** How many passphrases the lists hold. */
  readonly candidates: number
}

/** Passphrases that tools, manuals and examples put on key files and keystores, the most usual first. */
const USUAL: readonly string[] = [
  'changeit',
  '',
  'password',
  'changeme',
  'secret',
  '123456',
  'test',
  '1234',
  '12345678',
  'admin',
  'android',
  'default',
  'keystore',
  'storepass',
  'keypass',
  'notasecret',
  'pass',
  'passw0rd',
  'Password',
  'password1',
  'root',
  'server',
  'client',
  'example',
  'demo',
  'mypass',
  'mypassword',
  'whatever',
  'qwerty',
  'letmein',
  'key',
  'ssl',
  'tls',
  'openssl',
  'private',
  'device',
  'router',
  'gateway',
  'camera',
  'user',
  'guest',
  'system',
  'service',
  'public',
  'foobar',
  'abcd',
  'abc123',
  'test123',
  'test1234',
  'testing',
  'admin123',
  'root123',
  'welcome',
  'security',
  'certificate',
  'mysecret',
  'topsecret',
  '0000',
  '00000000',
  '1111',
  '11111111',
  '12345',
  '123456789',
  '1234567890',
  '123123',
  '123',
  'wso2carbon',
  'tomcat',
  'jboss',
  'mqtt',
  'mosquitto',
  'openvpn',
  'stunnel',
  'vagrant',
  'raspberry',
]

const MOST_WORDS = 50
const MOST_LENGTH = 64

/** One open attempt's price list: so much work is left for a file, in the unit of `--guesses`. */
export interface Tries {
  /**
   * The first passphrase with which `open` gives something.
   * @param cost of one try, in tries of md5crypt; 0 for what costs next to nothing
   */
  first<T>(cost: number, open: (passphrase: string) => T | undefined): Trial<T>
  /** Takes the cost of opening something whose passphrase is known already; false where it is not left. */
  pay(cost: number): boolean
}

export interface Trial<T> {
  readonly found: { readonly value: T; readonly opened: Opened } | undefined
  readonly tried: number
  readonly of: number
}

/** Passphrases for one file, in a fixed order, for so much work. */
export function createTries(
  budget: number,
  productWords: readonly string[],
  wordlist: readonly string[] = [],
): Tries {
  const words = productWords.filter((word) => word.length > 0 && word.length <= MOST_LENGTH)
  const own = words
    .slice(0, MOST_WORDS)
    .flatMap((word) => [word, word.toLowerCase(), `${word}123`, word.toUpperCase()])
  const usual = new Set(USUAL)
  const ours = new Set([...USUAL.slice(0, 20), ...own, ...USUAL])
  const all = wordlist.length === 0 ? [...ours] : [...new Set([...ours, ...wordlist])]
  let left = budget
  return {
    pay(cost) {
      if (cost > left) return false
      left -= cost
      return true
    },
    first(cost, open) {
      const price = Math.max(1, Math.ceil(cost))
      let tried = 0
      for (const passphrase of all) {
        if (price > left) break
        left -= price
        tried++
        const value = open(passphrase)
        if (value === undefined) continue
        const list = usual.has(passphrase)
          ? 'usual-passphrases'
          : ours.has(passphrase)
            ? 'product-words'
            : 'wordlist'
        return {
          found: { value, opened: { passphrase, list, candidates: all.length } },
          tried,
          of: all.length,
        }
      }
      return { found: undefined, tried, of: all.length }
    },
  }
}
