import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { necAterm } from './index.ts'

const IMAGE = fixture('nec-aterm', 'image.bin')

describe('nec-aterm', () => {
  it('gives its blocks', () => {
    const { contents, problems } = collect(necAterm, IMAGE)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['block-0', 'block-1', 'block-2'])
    expect(contents.get('block-0')?.toString()).toContain('VERSION: 9.99.99')
    expect(contents.get('block-1')?.toString()).toBe(lines(1, 300))
    expect(contents.get('block-2')?.toString()).toBe(lines(1, 20))
  })

  it('tells a sum that differs', () => {
    const image = Buffer.from(IMAGE)
    image[200] = 0
    expect(collect(necAterm, image).problems).toMatchObject([{ code: 'checksum', path: 'block-1' }])
  })
})

hostileSuite({ format: necAterm, fixture: IMAGE })
