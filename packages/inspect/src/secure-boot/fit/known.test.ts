import { createHash } from 'node:crypto'
import { memoryBytes } from '@messlatte/bytes'
import { parseFdt } from '@messlatte/unpack'
import { describe, expect, it, vi } from 'vitest'
import { trustedKey } from '../outcome/testing.ts'
import { readControl } from './control.ts'
import { checkFixture, fixture, inShort } from './testing.ts'

// The key of one fixture stands for one that everybody has, because nobody here holds such a private key.
vi.mock('../../known-keys/index.ts', () => ({
  knownKey: (digest: string) =>
    digest === publishedDigest()
      ? {
          id: 'sample:dev.key',
          what: { en: 'a sample key', de: 'ein Beispielschlüssel' },
          algorithm: 'rsa2048',
          spkiSha256: digest,
        }
      : undefined,
}))

function published(): Buffer {
  const control = readControl(parseFdt(memoryBytes(fixture('negative/pss', 'control.dtb')), 0))
  return Buffer.from(control?.keys[0]?.spki ?? '', 'base64')
}

function publishedDigest(): string {
  return createHash('sha256').update(published()).digest('hex')
}

describe('secure-boot.fit with a key that everybody has', () => {
  it('names it where it signed and where it is trusted, and counts nothing for the product', () => {
    const evidence = checkFixture('negative/pss')
    expect(inShort(evidence)).toEqual([
      'signature E5 neutral medium',
      'known-key - against high',
      'required-key - neutral high',
      'known-key - against high',
    ])
    expect(evidence[1]?.title.de).toBe(
      'Das Boot-Image ist mit einem Schlüssel signiert, den jeder hat: ein Beispielschlüssel',
    )
    expect(evidence[3]?.observation).toMatchObject({
      published: 'sample:dev.key',
      spkiSha256: publishedDigest(),
    })
  })

  it('names it when the user trusts it', () => {
    const pem = `-----BEGIN PUBLIC KEY-----\n${published().toString('base64')}\n-----END PUBLIC KEY-----\n`
    const evidence = checkFixture('negative/pss', { trusted: [trustedKey('dev.pem', pem)] })
    expect(inShort(evidence).slice(0, 2)).toEqual(['signature E6 neutral medium', 'known-key - against high'])
  })

  it('says nothing of others', () => {
    expect(inShort(checkFixture('negative/rsa3072')).filter((line) => line.startsWith('known-key'))).toEqual(
      [],
    )
  })
})
