import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { buffaloEnc } from './index.ts'
import { parseBuffalo } from './parse.ts'

const ONE = 'there is one content only'

describe('buffalo-enc', () => {
  it.each(['short.enc', 'long.enc', 'asar.enc'])('decrypts %s', (name) => {
    const { contents, problems } = collect(buffaloEnc, fixture('buffalo-enc', name))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['WZR-HP-AG300H', lines(1, 400)],
    ])
  })

  it('tells what the header says', () => {
    expect(parseBuffalo(memoryBytes(fixture('buffalo-enc', 'long.enc')), 0)).toMatchObject({
      product: 'WZR-HP-AG300H',
      version: '1.99',
      long: true,
      length: 1492,
    })
  })

  it('tells a content that differs, and one that is cut off', () => {
    const image = fixture('buffalo-enc', 'short.enc')
    expect(collect(buffaloEnc, image.subarray(0, 500)).problems).toMatchObject([{ code: 'truncated' }])
    image[500] = (image[500] as number) ^ 1
    expect(collect(buffaloEnc, image).problems).toMatchObject([{ path: 'WZR-HP-AG300H' }])
  })

  it('refuses names that another key encrypted', () => {
    const image = fixture('buffalo-enc', 'short.enc')
    image[12] = (image[12] as number) ^ 0x80
    expect(buffaloEnc.recognise(memoryBytes(image), 0)).toBeUndefined()
  })
})

hostileSuite({ format: buffaloEnc, fixture: fixture('buffalo-enc', 'short.enc'), needsItsEnd: ONE })
hostileSuite({ format: buffaloEnc, fixture: fixture('buffalo-enc', 'long.enc'), needsItsEnd: ONE })
