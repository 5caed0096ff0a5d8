import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { jbootAuh } from './index.ts'
import { parseAuh } from './parse.ts'

const ONE = 'there is one content only'

describe('jboot-auh', () => {
  it('gives the image, and the same one where it is encrypted', () => {
    const plain = collect(jbootAuh, fixture('jboot-auh', 'factory.bin'))
    expect(plain.problems).toEqual([])
    const image = plain.contents.get('image') as Buffer
    expect(image.toString('latin1', 0, 4)).toBe('\x04\x04\x24\x2b')
    const { contents, problems } = collect(jbootAuh, fixture('jboot-auh', 'encrypted.bin'))
    expect(problems).toEqual([])
    expect(contents.get('image')?.equals(image)).toBe(true)
  })

  it('tells what the header says', () => {
    expect(parseAuh(memoryBytes(fixture('jboot-auh', 'factory.bin')), 0)).toMatchObject({
      romId: 'DLK6E6110001',
      version: 2,
      blockSize: 0,
      sound: true,
    })
  })

  it('tells checksums that differ', () => {
    const image = fixture('jboot-auh', 'factory.bin')
    image[600] = (image[600] as number) ^ 1
    image[28] = (image[28] as number) ^ 1
    expect(collect(jbootAuh, image).problems).toMatchObject([{ code: 'checksum' }, { code: 'checksum' }])
  })

  it('shows what no key fits as it is, and tells a block that is damaged', () => {
    const image = fixture('jboot-auh', 'encrypted.bin')
    const [broken, last] = [Buffer.from(image), Buffer.from(image)]
    broken[80 + 544 + 540] = (broken[80 + 544 + 540] as number) ^ 1
    expect(collect(jbootAuh, broken).problems).toMatchObject([{ code: 'structure', path: 'image' }])
    last[last.length - 1] = (last[last.length - 1] as number) ^ 1
    const { contents, problems } = collect(jbootAuh, last)
    expect([...contents.keys()]).toEqual(['image.encrypted'])
    expect(problems).toMatchObject([{ code: 'unsupported' }])
  })
})

hostileSuite({ format: jbootAuh, fixture: fixture('jboot-auh', 'factory.bin'), needsItsEnd: ONE })
hostileSuite({ format: jbootAuh, fixture: fixture('jboot-auh', 'encrypted.bin'), needsItsEnd: ONE })
