import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { sunxiToc0 } from './index.ts'

describe('sunxi-toc0', () => {
  it('gives its items', () => {
    const image = fixture('sunxi-toc0', 'spl.toc0')
    const { region, contents, problems } = collect(sunxiToc0, Buffer.concat([image, Buffer.alloc(64, 0xff)]))
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect([...contents.keys()]).toEqual(['key', 'certificate', 'firmware'])
    expect(contents.get('firmware')?.toString('latin1')).toContain('1\n2\n3\n')
  })

  it('tells a sum that differs, and an end that is not there', () => {
    const image = fixture('sunxi-toc0', 'spl.toc0')
    expect(collect(sunxiToc0, image.subarray(0, 2200)).problems).toMatchObject([{ code: 'truncated' }])
    image[3000] = (image[3000] ?? 0) ^ 1
    expect(collect(sunxiToc0, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({ format: sunxiToc0, fixture: fixture('sunxi-toc0', 'spl.toc0') })
