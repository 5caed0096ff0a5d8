import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { bouffaloImage } from './index.ts'

/** The tool fills the firmware up to whole blocks of its cipher. */
const FIRMWARE = Buffer.concat([
  Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7 + 3) & 255)),
  Buffer.alloc(8),
])

describe('bouffalo-image', () => {
  it.each(['bl602', 'bl616', 'bl702l', 'bl808'])('gives the image for the %s', (chip) => {
    const { contents, entries, problems } = collect(bouffaloImage, fixture('bouffalo-image', `${chip}.bin`))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['image'])
    expect(contents.get('image')?.equals(FIRMWARE)).toBe(true)
    expect(entries[0]?.program).toBe(true)
  })

  it('shows key and signature', () => {
    const { contents, problems } = collect(bouffaloImage, fixture('bouffalo-image', 'signed.bin'))
    expect(problems).toEqual([])
    expect([...contents].map(([name, { length }]) => [name, length])).toEqual([
      ['public-key', 64],
      ['signature', 64],
      ['image', 3008],
    ])
  })

  it('tells that an image is encrypted', () => {
    const { contents, problems } = collect(bouffaloImage, fixture('bouffalo-image', 'encrypted.bin'))
    expect(problems).toEqual([
      { code: 'unsupported', message: 'it is encrypted, and no key fits', path: 'image' },
    ])
    expect(contents.get('iv')?.toString('hex')).toBe('00112233445566778899aabb00000000')
    expect(contents.get('image')?.equals(FIRMWARE)).toBe(false)
  })

  it('decrypts an image with its key', () => {
    const keys = [
      { name: 'short', bytes: Buffer.alloc(5) },
      { name: 'wrong', bytes: Buffer.alloc(16, 7) },
      keyOf('bouffalo-image', 'aes-128.bin'),
    ]
    const image = fixture('bouffalo-image', 'encrypted.bin')
    const { contents, problems } = collect(bouffaloImage, image, undefined, keys)
    expect(problems).toEqual([])
    expect(contents.get('image')?.equals(FIRMWARE)).toBe(true)
    expect(collect(bouffaloImage, image, undefined, keys.slice(0, 2)).problems).toMatchObject([
      { code: 'unsupported', path: 'image' },
    ])
  })

  it.each(['bl602', 'encrypted'])('tells a hash that differs (%s)', (name) => {
    const image = fixture('bouffalo-image', `${name}.bin`)
    image[5000] = (image[5000] as number) ^ 1
    expect(collect(bouffaloImage, image).problems).toContainEqual({
      code: 'checksum',
      message: 'the hash of the image differs',
    })
  })

  it('tells a CRC of the header that differs, and a signature that is not there', () => {
    const image = fixture('bouffalo-image', 'signed.bin')
    image[172] = (image[172] as number) ^ 1
    image[180] = (image[180] as number) ^ 1
    expect(collect(bouffaloImage, image).problems).toMatchObject([
      { code: 'checksum' },
      { code: 'structure' },
    ])
  })

  it('tells an image that is cut off', () => {
    const { contents, problems } = collect(
      bouffaloImage,
      fixture('bouffalo-image', 'bl602.bin').subarray(0, 5000),
    )
    expect(problems).toMatchObject([{ code: 'truncated', path: 'image' }])
    expect(contents.get('image')?.equals(FIRMWARE.subarray(0, 904))).toBe(true)
  })
})

hostileSuite({ format: bouffaloImage, fixture: fixture('bouffalo-image', 'signed.bin') })
