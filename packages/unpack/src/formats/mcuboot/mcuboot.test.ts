import { readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { mcuboot } from './index.ts'
import { type McubootImage, parseMcuboot } from './parse.ts'

const BODY = Array.from({ length: 600 }, (_, index) => `${index + 1}\n`).join('')

const CODE = readFileSync(new URL('../../../../bytes/src/fixtures/plain.bin', import.meta.url)).subarray(
  0,
  9000,
)

describe('mcuboot', () => {
  it('gives the body, the version and the TLVs', () => {
    const image = fixture('mcuboot', 'signed-p256.bin')
    const { contents, problems } = collect(mcuboot, image)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['image.json', 'body'])
    expect(contents.get('body')?.toString()).toBe(BODY)
    expect(parseMcuboot(memoryBytes(image), 0)).toMatchObject({
      version: '1.2.3+4',
      bodyAt: 0x200,
      end: image.length,
      tlvs: [
        { name: 'security-counter', isProtected: true, length: 4 },
        { name: 'sha256', isProtected: false, length: 32 },
        { name: 'key-hash' },
        { name: 'ecdsa' },
      ],
    })
  })

  it('reads images in big endian', () => {
    const { contents, problems } = collect(mcuboot, fixture('mcuboot', 'big-endian.bin'))
    expect(problems).toEqual([])
    expect(contents.get('body')?.toString()).toBe(BODY)
    expect(contents.get('image.json')?.toString()).toContain('"name": "ed25519"')
  })

  it.each(['slot.bin', 'slot-erased-to-zero.bin'])(
    'takes the padding and the trailer of a slot into its region: %s',
    (name) => {
      const { region, contents, problems } = collect(mcuboot, fixture('mcuboot', name))
      expect(problems).toEqual([])
      expect(region.end).toBe(0x4000)
      expect(contents.get('slot-trailer')?.toString('hex')).toMatch(/77c295f360d2ef7f3552500f2cb67980$/)
    },
  )

  it.each([
    ['encrypted-rsa.bin', 'rsa-2048.pem'],
    ['encrypted-p256.bin', 'ecdsa-p256.pem'],
    ['encrypted-x25519.bin', 'x25519.pem'],
    ['encrypted-x25519-sha512.bin', 'x25519.pem'],
    ['encrypted-aes-kw.bin', 'aes-kw.bin'],
  ])('decrypts %s with its key, whose hash then matches', (name, keyName) => {
    const image = fixture('mcuboot', name)
    const without = collect(mcuboot, image, undefined, [keyOf('mcuboot', 'ed25519.pem')])
    expect(without.problems).toMatchObject([{ code: 'unsupported', path: 'body' }])
    expect(without.contents.get('body')?.toString()).not.toBe(BODY)
    const { contents, problems } = collect(mcuboot, image, undefined, [
      keyOf('mcuboot', 'ed25519.pem'),
      keyOf('mcuboot', keyName),
    ])
    expect(problems).toEqual([])
    // imgtool fills up what it encrypts.
    expect(contents.get('body')?.toString()).toBe(BODY.padEnd(2304, '\0'))
  })

  it('shows an encrypted image in the clear that was read out of the slot from which it is started', () => {
    const image = fixture('mcuboot', 'encrypted-clear.bin')
    for (const keys of [[], [keyOf('mcuboot', 'ecdsa-p256.pem')]]) {
      const { contents, problems } = collect(mcuboot, image, undefined, keys)
      expect(problems).toEqual([])
      expect(contents.get('body')?.toString()).toBe(BODY.padEnd(2304, '\0'))
    }
    image[0x300] = (image[0x300] as number) ^ 1
    expect(collect(mcuboot, image).problems).toMatchObject([{ code: 'unsupported', path: 'body' }])
  })

  it.each([
    ['lzma2.bin', Buffer.from(BODY)],
    ['lzma2-thumb.bin', CODE],
    ['lzma2-encrypted.bin', CODE],
  ])('unpacks the body of %s', (name, body) => {
    const image = fixture('mcuboot', name)
    const { contents, problems } = collect(mcuboot, image, undefined, [keyOf('mcuboot', 'ecdsa-p256.pem')])
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['image.json', 'body.lzma2', 'body'])
    expect(contents.get('body')?.equals(body)).toBe(true)
  })

  it('tells where a body does not unpack to what is told, and shows what is encrypted as it is stored', () => {
    const image = fixture('mcuboot', 'lzma2.bin')
    const { bodyAt, tlvs } = parseMcuboot(memoryBytes(image), 0) as McubootImage
    image[bodyAt] = 41
    expect(collect(mcuboot, image).problems).toContainEqual(
      expect.objectContaining({ code: 'structure', path: 'body' }),
    )
    const other = fixture('mcuboot', 'lzma2.bin')
    other.writeUInt32LE(9, tlvs.find(({ name }) => name === 'decompressed-size')?.at)
    expect(collect(mcuboot, other).problems).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/come out where 9 are told/) }),
    )
    const locked = collect(mcuboot, fixture('mcuboot', 'lzma2-encrypted.bin'))
    expect([...locked.contents.keys()]).toEqual(['image.json', 'body'])
  })

  it('tells a hash that differs', () => {
    const image = fixture('mcuboot', 'signed-p256.bin')
    image[0x300] = 0
    expect(collect(mcuboot, image).problems).toMatchObject([{ code: 'checksum' }])
    const encrypted = fixture('mcuboot', 'encrypted-p256.bin')
    encrypted[0x300] = (encrypted[0x300] as number) ^ 1
    const { problems } = collect(mcuboot, encrypted, undefined, [keyOf('mcuboot', 'ecdsa-p256.pem')])
    expect(problems).toMatchObject([{ code: 'checksum' }])
  })

  it('shows what lies before a cut', () => {
    const { contents, problems } = collect(mcuboot, fixture('mcuboot', 'signed-p256.bin').subarray(0, 1000))
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['truncated', 'image.json'],
      ['truncated', 'body'],
    ])
    expect(contents.get('body')?.length).toBe(1000 - 0x200)
  })
})

hostileSuite({ format: mcuboot, fixture: fixture('mcuboot', 'signed-p256.bin') })
hostileSuite({ format: mcuboot, fixture: fixture('mcuboot', 'encrypted-x25519.bin') })
hostileSuite({ format: mcuboot, fixture: fixture('mcuboot', 'lzma2-thumb.bin') })
