import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { mylo } from './index.ts'

const IMAGE = fixture('mylo', 'image.bin')

describe('mylo', () => {
  it('gives its blocks by their place in flash', () => {
    const { contents, problems } = collect(mylo, IMAGE)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['0x00020000', '0x00030000', '0x000b0000'])
    expect(contents.get('0x00030000')?.toString()).toBe(lines(1, 300))
    expect(contents.get('0x000b0000')?.toString()).toBe(lines(1, 300))
  })

  it('tells a CRC that differs', () => {
    const image = Buffer.from(IMAGE)
    image[image.length - 1] = 1
    expect(collect(mylo, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({ format: mylo, fixture: IMAGE })
