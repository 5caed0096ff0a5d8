import { describe, expect, it } from 'vitest'
import { KNOWN_BLOBS, knownCertificate, knownKey, knownKeyBy } from './index.ts'
import data from './known-keys.json' with { type: 'json' }

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
