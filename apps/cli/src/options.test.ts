import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CliError, untranslated } from './errors.ts'
import {
  digestIn,
  parseCount,
  parseDay,
  parseSize,
  readKnownKeys,
  readLimits,
  readProduct,
  readTraits,
  readTrust,
  readWordlist,
  today,
} from './options.ts'

const folder = mkdtempSync(join(tmpdir(), 'messlatte-options-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('what is stated about the product', () => {
  it('comes from the file, and over it from the flags; the rest is null', () => {
    const product = file('product.json', '{"maker": "Example", "model": "R1"}')
    expect(readProduct({ product, model: 'R2', trait: [] })).toEqual({
      maker: 'Example',
      model: 'R2',
      hardware: null,
      firmware: null,
      batch: null,
    })
  })

  it('is refused with the file and the key named', () => {
    expect(() => readProduct({ product: file('p1.json', '{"vendor": "x"}'), trait: [] })).toThrow(
      /p1\.json.*"vendor".*maker/,
    )
    expect(() => readProduct({ product: file('p2.json', 'maker: x'), trait: [] })).toThrow(
      /p2\.json.*not JSON/,
    )
    expect(() => readProduct({ product: file('p3.json', '{"maker": 1}'), trait: [] })).toThrow(
      /"maker" must be a text/,
    )
    expect(() => readProduct({ product: join(folder, 'none.json'), trait: [] })).toThrow(/no such file/)
  })
})

describe('traits', () => {
  it('come from the file and from --trait', () => {
    const traits = file('traits.json', '{"constrained": false, "update-mechanism": true}')
    expect(readTraits({ traits, trait: ['constrained=true'] }, ['constrained', 'update-mechanism'])).toEqual({
      constrained: true,
      'update-mechanism': true,
    })
  })

  it('are refused when unknown or no truth value', () => {
    expect(() => readTraits({ trait: ['cheap=true'] }, ['constrained'])).toThrow(/cheap=true.*constrained/)
    expect(() => readTraits({ trait: ['constrained=maybe'] }, ['constrained'])).toThrow(CliError)
    expect(() =>
      readTraits({ traits: file('t.json', '{"constrained": "no"}'), trait: [] }, ['constrained']),
    ).toThrow(/true or false/)
  })
})

describe('a trusted key', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

  it('is read in every usual form, always as the same key', () => {
    const forms = [
      file('k.pem', publicKey.export({ format: 'pem', type: 'spki' })),
      file('k1.pem', publicKey.export({ format: 'pem', type: 'pkcs1' })),
      file('k.der', publicKey.export({ format: 'der', type: 'spki' })),
      file('k1.der', publicKey.export({ format: 'der', type: 'pkcs1' })),
    ]
    expect(new Set(forms.map((path) => readTrust(path).sha256)).size).toBe(1)
  })

  it('may be stated as a digest, as fuses hold it', () => {
    const digest = 'ab'.repeat(32)
    expect(digestIn(digest)).toBe(digest)
    expect(digestIn('AB '.repeat(32))).toBe(digest)
    expect(digestIn('release.pem')).toBeUndefined()
    expect(digestIn('ab'.repeat(31))).toBeUndefined()
  })

  it('takes a key of usign for --trust', () => {
    const key = file(
      'usign.pub',
      'untrusted comment: a\nRWQBI0VniavN7wcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH\n',
    )
    expect(readTrust(key).spkiHex).toBe(`302a300506032b6570032100${'07'.repeat(32)}`)
  })

  it('is refused when it is none', () => {
    expect(() => readTrust(file('x.pem', 'hello'))).toThrow(/x\.pem: is no public key/)
    expect(() => readTrust(join(folder, 'none.pem'))).toThrow(/cannot be read/)
  })
})

describe('a list of passwords', () => {
  it('is read line by line, each once', () => {
    expect(readWordlist(file('words.txt', 'one\r\ntwo words\n\none\nGrüße'))).toEqual([
      'one',
      'two words',
      'Grüße',
    ])
    expect(readWordlist(file('long.txt', `ok\n${'x'.repeat(73)}\n`))).toEqual(['ok'])
  })

  it('is refused with the reason', () => {
    expect(() => readWordlist(join(folder, 'no-list.txt'))).toThrow(/no-list\.txt: cannot be read/)
    expect(() => readWordlist(folder)).toThrow(/cannot be read/)
    expect(() => readWordlist(file('empty.txt', '\n\n'))).toThrow(/has no password in it/)
    expect(() => readWordlist(file('latin.txt', Buffer.from([0x61, 0xe4, 0x0a])))).toThrow(/UTF-8/)
    expect(() => readWordlist(file('binary.txt', 'a\0b'))).toThrow(/UTF-8/)
  })
})

describe('limits, sizes and days', () => {
  it('are read', () => {
    expect(parseSize('--memory', '512M')).toBe(512 * 1024 ** 2)
    expect(parseSize('--memory', '4GiB')).toBe(4 * 1024 ** 3)
    expect(parseCount('--guesses', '10')).toBe(10)
    expect(readLimits({ memory: '1G', limitDepth: '5' })).toMatchObject({
      memory: 1024 ** 3,
      artefact: 1024 ** 3 / 2,
      depth: 5,
    })
    expect(parseDay('--as-of', '2027-01-02')).toBe('2027-01-02')
    expect(today('Europe/Berlin')).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })

  it('are refused with an example', () => {
    expect(() => parseSize('--memory', 'lots')).toThrow(/--memory lots.*512M/)
    expect(() => parseSize('--limit-bytes', '0')).toThrow(/--limit-bytes 0/)
    expect(() => parseCount('--guesses', '0')).toThrow(CliError)
    expect(() => parseDay('--as-of', '2027-02-30')).toThrow(/2027-02-30/)
    expect(() => parseDay('--as-of', 'tomorrow')).toThrow(CliError)
  })
})

describe('published keys of the user', () => {
  it('are read, and what is wrong with a file is said with its name', () => {
    const list = file(
      'known.json',
      JSON.stringify({ sources: { a: 'a key' }, spki: { ['ab'.repeat(32)]: 'a:b' } }),
    )
    expect(Object.keys(readKnownKeys(list).spki)).toEqual(['ab'.repeat(32)])
    const wrong = file('wrong.json', '{"spki":[]}')
    expect(() => readKnownKeys(wrong)).toThrow(
      new CliError('bad-file', untranslated(`--known-keys ${wrong}: "spki" must be a JSON object`)),
    )
    expect(() => readKnownKeys('/none/at/all')).toThrow('--known-keys /none/at/all: cannot be read')
  })
})
