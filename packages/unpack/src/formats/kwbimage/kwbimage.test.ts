import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { kwbimage } from './index.ts'

const PROGRAM = `${Array.from({ length: 600 }, (_, index) => index + 1).join('\n')}\n`
const DDR = `${Array.from({ length: 90 }, (_, index) => index + 1).join('\n')}\n`

describe('kwbimage', () => {
  it.each(fixturesOf('kwbimage', 'positive'))('gives the program of $name', ({ content }) => {
    const { region, contents, problems } = collect(kwbimage, Buffer.concat([content, Buffer.alloc(64)]))
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: content.length })
    expect(contents.get('image')?.toString('latin1').replace(/\0+$/, '')).toBe(PROGRAM)
  })

  it('gives the program that comes first', () => {
    const { contents } = collect(kwbimage, fixture('kwbimage', 'second-spi.kwb'))
    expect([...contents.keys()]).toEqual(['binary-0', 'image'])
    expect(contents.get('binary-0')?.toString('latin1')).toContain(DDR)
  })

  it('tells a sum that differs, and an end that is not there', () => {
    const image = fixture('kwbimage', 'second-spi.kwb')
    expect(collect(kwbimage, image.subarray(0, 1000)).problems).toMatchObject([{ code: 'truncated' }])
    image[800] = (image[800] as number) ^ 1
    expect(collect(kwbimage, image).problems).toMatchObject([{ code: 'checksum', path: 'image' }])
  })

  it.each(fixturesOf('kwbimage', 'negative'))('refuses $name', ({ content }) => {
    expect(kwbimage.recognise(memoryBytes(content), 0)).toBeUndefined()
  })
})

hostileSuite({ format: kwbimage, fixture: fixture('kwbimage', 'second-spi.kwb') })
