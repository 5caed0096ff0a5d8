import type { SecretIndex } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import type { ReleaseSecret } from '../secrets/secret.ts'
import { fingerprintOf, indexedSecrets, keyIdOf, sandboxKeyOf } from './fingerprints.ts'
import { sharedSecrets } from './shared.ts'

const KEY = Buffer.alloc(32, 7)
const place = { path: 'b@0x0:squashfs/etc/key', root: '', inner: '', offset: 0, length: 1, sha256: '' }

function secret(more: Partial<ReleaseSecret> = {}): ReleaseSecret {
  return {
    kind: 'private-key',
    subject: 'pkcs8',
    opens: 'service',
    name: '',
    place,
    slot: '',
    form: 'private-key',
    digest: 'd'.repeat(64),
    salt: null,
    exhausted: false,
    algorithm: 'rsa 2048',
    publicSha256: 'e'.repeat(64),
    known: false,
    weakness: null,
    ...more,
  }
}

function index(product: string, secrets: readonly ReleaseSecret[], sha256 = 'a'.repeat(64)): SecretIndex {
  const release = {
    product,
    added: '2026-11-28',
    images: [{ name: 'x.bin', size: 1, sha256 }],
    secrets: indexedSecrets(secrets, KEY),
  }
  return { keyId: keyIdOf(KEY), releases: [release] }
}

const lookUp = (secrets: readonly ReleaseSecret[], held: SecretIndex, ownNames: readonly string[] = []) =>
  sharedSecrets({ secrets, digests: ['b'.repeat(64)], ownNames }, held, KEY)

describe('secrets of another product', () => {
  it('are findings against, and say what overturns them', () => {
    const [found] = lookUp([secret()], index('Camera 2', [secret()]), ['Camera 1'])
    expect(found).toMatchObject({
      kind: 'products.parameter.shared',
      polarity: 'against',
      confidence: { grade: 'high' },
    })
    expect(found?.title.en).toContain('Camera 2')
    expect(found?.overturnedBy?.de).toMatch(/\S/)
    expect(found?.observation).toMatchObject({ products: ['Camera 2'] })
  })

  it('touch uniqueness of passwords where they open the device', () => {
    const account = secret({ kind: 'account', opens: 'device', form: 'hashed', publicSha256: null })
    const [found] = lookUp([account], index('Camera 2', [account]))
    expect(found?.kind).toBe('products.password.shared')
    expect(found?.provisions.map(({ id }) => id)).toContain('5.1-1')
    expect(found?.confidence.grade).toBe('medium')
  })

  it('are none under the name of the product itself, nor for the same files', () => {
    expect(lookUp([secret()], index('Camera 1', [secret()]), ['camera 1 '])).toEqual([])
    expect(lookUp([secret()], index('Renamed', [secret()], 'b'.repeat(64)))).toEqual([])
  })

  it('are none where it is another one, a usual one, or none at all', () => {
    expect(lookUp([secret()], index('Camera 2', [secret({ digest: 'f'.repeat(64) })]))).toEqual([])
    for (const harmless of [{ known: true }, { form: 'empty' as const }])
      expect(lookUp([secret(harmless)], index('Camera 2', [secret(harmless)]))).toEqual([])
  })
})

describe('fingerprints', () => {
  it('are made under the key that no sandbox sees', () => {
    const sandbox = Buffer.from(sandboxKeyOf(KEY), 'hex')
    expect(sandbox.equals(KEY)).toBe(false)
    expect(fingerprintOf(secret(), KEY)).not.toBe(fingerprintOf(secret(), sandbox))
    expect(fingerprintOf(secret(), KEY)).not.toBe(secret().digest)
  })
})
