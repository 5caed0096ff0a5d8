import { describe, expect, it } from 'vitest'
import { KnownKeysError, parseKnownKeys } from './file.ts'
import { addKnownKeys, KNOWN_BLOBS, knownCertificate, knownKey, knownKeyBy } from './index.ts'
import data from './known-keys.json' with { type: 'json' }
import published from './published-keys.json' with { type: 'json' }

const HEX = /^[0-9a-f]+$/
const LENGTHS: Readonly<Record<string, number>> = { avbBlobSha1: 40 }

describe('keys that everybody has', () => {
  it('knows all of the list, by every form', () => {
    expect(data.keys).toHaveLength(69)
    for (const { id, fingerprints } of data.keys) {
      expect(knownKey(fingerprints.spki)?.id).toBe(id)
      for (const [form, value] of Object.entries(fingerprints)) {
        expect(knownKeyBy(form as 'spki', value)?.id, `${id} ${form}`).toBe(id)
      }
    }
  })

  it('holds only well-formed digests, each once', () => {
    const all = data.keys.flatMap(({ fingerprints }) =>
      Object.entries(fingerprints).map(([form, value]) => `${form}:${value}`),
    )
    expect(new Set(all).size).toBe(all.length)
    for (const [form, value] of data.keys.flatMap(({ fingerprints }) => Object.entries(fingerprints))) {
      expect(value).toMatch(HEX)
      expect(value).toHaveLength(LENGTHS[form] ?? 64)
    }
    for (const { sha256 } of [...data.certificates, ...KNOWN_BLOBS]) expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('says in both languages whose key it is', () => {
    const binman = data.keys.find(({ id }) => id === 'u-boot:tools/binman/test/dev.key')
    expect(knownKey(binman?.fingerprints.spki ?? '')?.what).toEqual({
      en: 'a test key of U-Boot',
      de: 'ein Testschlüssel aus U-Boot',
    })
  })

  it('knows certificates by their digest, in any case of letters', () => {
    expect(knownCertificate('A40DA80A59D170CAA950CF15C18C454D47A39B26989D8B640ECD745BA71BF5DC')?.id).toBe(
      'aosp:testkey/releasekey',
    )
  })

  it('knows nothing else', () => {
    expect(knownKey('00'.repeat(32))).toBeUndefined()
    expect(knownCertificate('')).toBeUndefined()
    expect(knownKeyBy('raw', '__proto__')).toBeUndefined()
  })
})

describe('published keys', () => {
  it('are all well-formed, with a source each, and none twice', () => {
    const entries = Object.entries(published.spki)
    expect(entries.length).toBe(710)
    for (const [digest, id] of entries) {
      expect(digest).toMatch(/^[0-9a-f]{64}$/)
      expect(Object.keys(published.sources)).toContain(id.split(':')[0])
    }
    const own = new Set(data.keys.map(({ fingerprints }) => fingerprints.spki))
    expect(entries.filter(([digest]) => own.has(digest))).toEqual([])
  })

  it('are known with their place', () => {
    expect(knownKey('5bb47b4a48b5096b38006cf74fee31d31d93d420409e04d009ff603a13eebf0c')?.id).toBe(
      'esp-idf:examples/protocols/https_server/simple/main/certs/prvtkey.pem',
    )
  })
})

describe('a list of the user', () => {
  const digest = 'ab'.repeat(32)

  it('is added to ours', () => {
    addKnownKeys(
      parseKnownKeys(
        JSON.stringify({ sources: { acme: 'a key of Acme' }, spki: { [digest]: 'acme:dev.pem' } }),
      ),
    )
    expect(knownKey(digest)).toMatchObject({
      id: 'acme:dev.pem',
      what: { en: 'a key of Acme', de: 'a key of Acme' },
    })
  })

  it('never takes an entry of ours away', () => {
    const ours = data.keys[0]?.fingerprints.spki ?? ''
    addKnownKeys(parseKnownKeys(JSON.stringify({ sources: { x: 'x' }, spki: { [ours]: 'x:y' } })))
    expect(knownKey(ours)?.id).toBe(data.keys[0]?.id)
  })

  it.each([
    ['{', 'is not JSON'],
    ['[]', 'the file must be a JSON object'],
    ['{"keys":[{"id":"a","source":"b","fingerprints":{}}]}', '"keys" entry 1: has no fingerprint'],
    ['{"spki":{"12":"a:b"}}', '"spki" "12": "sources" has no "a"'],
    ['{"sources":{"a":"b"},"spki":{"12":"a:b"}}', '"spki" "12": "12" is no digest in hex'],
    ['{"certificates":{}}', '"certificates" must be a list'],
  ])('says what is wrong: %s', (text, message) => {
    expect(() => parseKnownKeys(text)).toThrow(new KnownKeysError(message))
  })
})
