import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { edimaxFw } from './index.ts'
import { parseEdimaxFw } from './parse.ts'

describe('edimax-fw', () => {
  it('gives its content, and what the header says of it', () => {
    const image = fixture('edimax-fw', 'router.bin')
    const { contents, problems } = collect(edimaxFw, image)
    expect(problems).toEqual([])
    expect(contents.get('firmware')?.toString()).toBe(lines(1, 300))
    expect(parseEdimaxFw(memoryBytes(image), 0)).toMatchObject({
      model: 'RN10',
      version: '1.02',
      device: '/dev/mtd3',
    })
  })

  it('tells a sum that differs, and what is cut off', () => {
    const image = fixture('edimax-fw', 'router.bin')
    image[image.length - 1] = 0
    expect(collect(edimaxFw, image).problems).toMatchObject([{ code: 'checksum', path: 'firmware' }])
    expect(collect(edimaxFw, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'firmware' },
    ])
  })
})

hostileSuite({
  format: edimaxFw,
  fixture: fixture('edimax-fw', 'router.bin'),
  needsItsEnd: 'there is one content only',
})
