import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { wrgg } from './index.ts'
import { parseWrgHeader } from './parse.ts'

const ONE = 'there is one content only'

describe('wrgg', () => {
  it.each(['little.wrg', 'big.wrg', 'little.wrgg', 'big.wrgg'])('gives the image of %s', (name) => {
    const { contents, problems } = collect(wrgg, fixture('wrgg', name))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['image', lines(1, 400)],
    ])
  })

  it.each(['encrypted-then-summed.wrgg', 'summed-then-encrypted.wrgg'])('decrypts %s', (name) => {
    const image = fixture('wrgg', name)
    const { contents, problems } = collect(wrgg, image)
    expect(problems).toEqual([])
    expect(contents.get('image')?.toString('latin1', 0, 300)).toBe(`]\0\0\x80${lines(1, 400)}`.slice(0, 300))
    image[500] = (image[500] as number) ^ 1
    expect(collect(wrgg, image).problems).toMatchObject([{ path: 'image' }])
    expect(collect(wrgg, image.subarray(0, 1000)).problems).toMatchObject([
      { code: 'truncated', path: 'image' },
    ])
  })

  it('tells what the headers say', () => {
    expect(parseWrgHeader(memoryBytes(fixture('wrgg', 'big.wrg')), 0)).toMatchObject({
      kind: 'wrg',
      signature: 'wrgn26_dlwbr_dir825',
      device: '/dev/mtdblock/1',
      version: undefined,
    })
    expect(parseWrgHeader(memoryBytes(fixture('wrgg', 'big.wrgg')), 0)).toMatchObject({
      kind: 'wrgg',
      signature: 'wrgnd08_trendnet',
      version: '1.02',
      model: 'DAP-2695',
      build: 'r123',
    })
  })

  it('tells when the MD5 differs, and when the image is cut off', () => {
    const image = fixture('wrgg', 'little.wrgg')
    expect(collect(wrgg, image.subarray(0, 500)).problems).toMatchObject([
      { code: 'truncated', path: 'image' },
    ])
    image[image.length - 1] = 0
    expect(collect(wrgg, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({ format: wrgg, fixture: fixture('wrgg', 'little.wrg'), needsItsEnd: ONE })
hostileSuite({ format: wrgg, fixture: fixture('wrgg', 'big.wrgg'), needsItsEnd: ONE })
hostileSuite({ format: wrgg, fixture: fixture('wrgg', 'encrypted-then-summed.wrgg'), needsItsEnd: ONE })
