import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lmHash } from './kinds/des.ts'
import { md4 } from './kinds/md4.ts'
import { readCrypt, readHash } from './read.ts'

function table(name: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))
}

const bytes = (password: string): Uint8Array => Buffer.from(password, 'utf8')
/** Of every length, so that each vector stands among others in some go. */
const OTHERS = Array.from({ length: 73 }, (_, length) => bytes('#'.repeat(length)))

function triable(text: string) {
  const read = readCrypt(text)
  if (read?.state !== 'hash') throw new Error(`${text} was not read as a hash`)
  return read.hash
}

describe('hashes of other programs', () => {
  const vectors = table('vectors.tsv')
  const tools = [...new Set(vectors.map(([, , tool = '']) => tool))]

  it.each(tools)('%s', (tool) => {
    for (const [password = '', text = '', by] of vectors) {
      if (by !== tool) continue
      const { find, cost, batch } = triable(text)
      expect(find([bytes(password)]), `${password} ${text}`).toBe(0)
      expect(cost, text).toBeGreaterThan(0)
      const wrong = cost > 5 ? [bytes(`${password}!`.slice(-70))] : cost > 1 ? OTHERS.slice(4, 12) : OTHERS
      const among = [...wrong.filter((other) => !isSame(text, other, password)), bytes(password)]
      expect(find(among), `${password} ${text}`).toBe(among.length - 1)
      expect(batch).toBeGreaterThan(0)
    }
  })

  it('are told apart by all of their characters', () => {
    for (const [password = '', text = '', tool = ''] of vectors) {
      if (triable(text).cost > 1) continue
      const at = text.length - 6
      const changed = text.slice(0, at) + (text.charAt(at) === '0' ? '1' : '0') + text.slice(at + 1)
      const read = readCrypt(changed)
      const found = read?.state === 'hash' ? read.hash.find([bytes(password)]) : -1
      expect(found, `${tool} ${changed}`).toBe(-1)
    }
  })

  it('of LAN Manager', () => {
    for (const [password = '', text = ''] of table('lm.tsv')) {
      const read = lmHash(text)
      expect(read.state === 'hash' && read.hash.find([bytes('other'), bytes(password)]), password).toBe(1)
    }
  })
})

/** Traditional DES sees no more than eight characters. */
function isSame(text: string, other: Uint8Array, password: string): boolean {
  const short = text.startsWith('{CRYPT}') || text.length === 13
  const cut = (all: Uint8Array) => Buffer.from(short ? all.subarray(0, 8) : all)
  return cut(other).equals(cut(bytes(password)))
}

describe('MD4', () => {
  // The test suite of RFC 1320, appendix A.5.
  it.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      'e33b4ddc9c38f2199c3e7b164fcc0536',
    ],
  ])('of %s', (text, digest) => {
    expect(md4(bytes(text)).toString('hex')).toBe(digest)
  })
})

describe('what is no hash, or not tried', () => {
  it.each([
    ['$gy$j9T$T3stS4ltT3stS4lt$x', 'gost-yescrypt', 'not-computed-here'],
    ['$md5,rounds=904$saltsalt$$abc', 'SunMD5', 'not-computed-here'],
    ['$sha1$100$saltsalt$abc', 'sha1crypt', 'not-computed-here'],
    ['$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA', 'Argon2', 'not-computed-here'],
    ['$y$jFT$T3stS4ltT3stS4lt$imcNS4rhoQ4OqaX9s/dJnqsHylN7UgdRdeRgRRzr4P7', 'yescrypt', 'cost-too-high'],
    ['$y$.9T$T3stS4ltT3stS4lt$imcNS4rhoQ4OqaX9s/dJnqsHylN7UgdRdeRgRRzr4P7', 'yescrypt', 'not-computed-here'],
    ['$2b$15$abcdefghijklmnopqrstuurvPRp0VsI7P9pGHkWFDDyGvm9Wx.IuC', 'bcrypt', 'cost-too-high'],
    [`$6$rounds=9999999$salt$${'a'.repeat(86)}`, 'sha512', 'cost-too-high'],
    [
      '$pbkdf2-sha256$90000000$c2FsdHNhbHQ$1H9lKVHTLFzxRz1wBvnuyMvZrC9mZBnb61bHNmYK7BQ',
      'PBKDF2-SHA256',
      'cost-too-high',
    ],
  ])('%s', (text, scheme, why) => {
    expect(readHash(text)).toEqual({ state: 'untried', scheme, why })
  })

  it.each([
    '',
    '$',
    '$1$',
    '$1$salt$short',
    '$2b$99$abcdefghijklmnopqrstuurvPRp0VsI7P9pGHkWFDDyGvm9Wx.IuC',
    '$6$saltsalt$tooshort',
    '$PASSWORD_OF_ROOT',
    '{SHA}notbase64!',
    '{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=',
    'changeme12345',
    'configuration',
    '_underscored_variable',
    'pbkdf2:sha256:abc$x$y',
    '$7$....$$',
  ])('%s is none', (text) => {
    expect(readCrypt(text)).toBeUndefined()
  })
})
