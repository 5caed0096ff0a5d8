import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { xikestor } from './index.ts'

const IMAGE = fixture('xikestor', 'image.bin')

describe('xikestor', () => {
  it('gives the LZMA stream as it was', () => {
    const { contents, problems } = collect(xikestor, IMAGE)
    expect(problems).toEqual([])
    const stream = contents.get('kernel.lzma') as Buffer
    expect(stream).toHaveLength(IMAGE.length - 712 - 3)
    // Properties, a dictionary of 8 MiB, and the length of what is in it.
    expect(stream.subarray(0, 5).toString('hex')).toBe('5d00008000')
    expect(stream.readBigUInt64LE(5)).toBe(58_093n)
  })

  it('tells a CRC that differs', () => {
    const image = Buffer.from(IMAGE)
    image[image.length - 1] = (image[image.length - 1] as number) ^ 1
    expect(collect(xikestor, image).problems).toMatchObject([{ code: 'checksum', path: 'kernel.lzma' }])
  })
})

hostileSuite({ format: xikestor, fixture: IMAGE, needsItsEnd: 'there is one content only' })
