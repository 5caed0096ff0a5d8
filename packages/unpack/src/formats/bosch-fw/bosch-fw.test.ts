import { createCipheriv, generateKeyPairSync, privateEncrypt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { cipherOf, publishedKey } from './cipher.ts'
import { boschFw } from './index.ts'

describe('bosch-fw', () => {
  it('gives a single file, without its mask', () => {
    const { contents, problems } = collect(boschFw, fixture('bosch-fw', 'single.fw'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['section-1000'])
    expect(contents.get('section-1000')?.toString()).toBe(lines(1, 300))
  })

  it('gives the sections for several cameras, with what signs them', () => {
    const { contents, problems } = collect(boschFw, fixture('bosch-fw', 'nested.fw'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['section-1000.signature', 'section-1000', 'section-2000'])
    expect(contents.get('section-1000')?.toString('latin1', 0, 4)).toBe('\xde\xad\xaf\xfe')
    expect(contents.get('section-2000')?.toString()).toBe('second\n')
  })

  it('tells keys that do not fit, and what is cut off', () => {
    const image = fixture('bosch-fw', 'single.fw')
    image.fill(7, 588, 844)
    expect(collect(boschFw, image).problems).toMatchObject([{ code: 'unsupported', path: 'section-1000' }])
    const nested = fixture('bosch-fw', 'nested.fw')
    expect(collect(boschFw, nested.subarray(0, -3)).problems).toMatchObject([
      { code: 'truncated', path: 'section-2000' },
    ])
  })

  it.each([16, 32])('gets the key of %i bytes out of the one beside a content', (size) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const [key, iv] = [Buffer.alloc(size, 1), Buffer.alloc(16, 2)]
    const secret = Buffer.concat([Buffer.from([0, 0, 0, size]), key, iv])
    const cipher = createCipheriv(size === 16 ? 'aes-128-cbc' : 'aes-256-cbc', key, iv).setAutoPadding(false)
    const encrypted = cipher.update(Buffer.from('sixteen bytes ..'))
    const decipher = cipherOf(privateEncrypt(privateKey, secret), publicKey)?.setAutoPadding(false)
    expect(decipher?.update(encrypted).toString()).toBe('sixteen bytes ..')
    expect(cipherOf(privateEncrypt(privateKey, secret.subarray(1)), publicKey)).toBeUndefined()
    expect(cipherOf(privateEncrypt(privateKey, secret), publishedKey())).toBeUndefined()
  })
})

hostileSuite({
  format: boschFw,
  fixture: fixture('bosch-fw', 'single.fw'),
  needsItsEnd: 'there is one content only',
})
hostileSuite({ format: boschFw, fixture: fixture('bosch-fw', 'nested.fw') })
