import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { senaoV2 } from './index.ts'

describe('senao-v2', () => {
  it('gives the content, decoded, up to the end that the shorter header tells', () => {
    const image = fixture('senao-v2', 'short.bin')
    for (const file of [image, Buffer.concat([image, Buffer.alloc(100)])]) {
      const { contents, problems, region } = collect(senaoV2, file)
      expect(problems).toEqual([])
      expect(region.end).toBe(image.length)
      expect(contents.get('payload')?.toString()).toBe(lines(1, 300))
    }
  })

  it('gives what is there behind the longer header', () => {
    const short = fixture('senao-v2', 'short.bin')
    const long = Buffer.concat([short.subarray(0, 0x7c), Buffer.alloc(0x38), short.subarray(0x7c)])
    expect(collect(senaoV2, long).contents.get('payload')?.toString()).toBe(lines(1, 300))
  })
})

hostileSuite({
  format: senaoV2,
  fixture: fixture('senao-v2', 'short.bin'),
  needsItsEnd: 'there is one content only, and it may end anywhere',
})
