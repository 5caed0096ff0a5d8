import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { jcg } from './index.ts'

describe('jcg', () => {
  it('gives its content, and finds where it ends by its CRC-32', () => {
    const image = fixture('jcg', 'jcg.bin')
    for (const file of [image, Buffer.concat([image, Buffer.alloc(300_000, 0xff)])]) {
      const { contents, problems, region } = collect(jcg, file)
      expect(problems).toEqual([])
      expect(region).toEqual({ start: 0, end: image.length })
      const content = contents.get('firmware') as Buffer
      expect(content.subarray(0, 4).toString('hex')).toBe('27051956')
      expect(content.subarray(64).toString()).toBe(lines(1, 300) + lines(1, 20))
    }
  })

  it('tells that the CRC-32 fits nowhere', () => {
    const image = fixture('jcg', 'jcg.bin')
    image[image.length - 1] = 0
    expect(collect(jcg, image).problems).toMatchObject([{ code: 'checksum', path: 'firmware' }])
    expect(collect(jcg, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'checksum', path: 'firmware' },
    ])
  })
})

hostileSuite({
  format: jcg,
  fixture: fixture('jcg', 'jcg.bin'),
  needsItsEnd: 'there is one content only',
})
