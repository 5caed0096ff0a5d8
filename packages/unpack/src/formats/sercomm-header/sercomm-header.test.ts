import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { sercommHeader } from './index.ts'

const HEADER = fixture('sercomm-header', 'header.bin')
/** The header is that of this image: its checksum is of both. */
const IMAGE = Buffer.concat([HEADER, Buffer.from(lines(1, 300))])

describe('sercomm-header', () => {
  it('holds the image where a file begins with it', () => {
    const { region, contents, problems } = collect(sercommHeader, IMAGE)
    expect(region).toEqual({ start: 0, end: IMAGE.length })
    expect(problems).toEqual([])
    expect(contents.get('firmware')?.toString()).toBe(lines(1, 300))
  })

  it('tells a sum that differs', () => {
    const image = Buffer.from(IMAGE)
    image[600] = 0
    expect(collect(sercommHeader, image).problems).toMatchObject([{ code: 'checksum' }])
  })

  it('is the header only where it lies within other bytes', () => {
    const image = memoryBytes(Buffer.concat([Buffer.alloc(64), IMAGE]))
    expect(sercommHeader.recognise(image, 64)).toEqual({ start: 64, end: 64 + 512 })
  })

  it('is recognised behind an image, with its sums where there are some', () => {
    for (const [name, length] of [
      ['footer.bin', 71],
      ['sums.bin', 78],
    ] as const) {
      const image = memoryBytes(Buffer.concat([Buffer.alloc(64), fixture('sercomm-header', name)]))
      expect(sercommHeader.recognise(image, 64), name).toEqual({ start: 64, end: 64 + length })
    }
  })
})

hostileSuite({ format: sercommHeader, fixture: HEADER, needsItsEnd: 'it is the header only' })
hostileSuite({
  format: sercommHeader,
  fixture: fixture('sercomm-header', 'sums.bin'),
  needsItsEnd: 'it holds nothing',
})
