import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { grainMedia } from './index.ts'

describe('grain-media', () => {
  it('gives the kernel', () => {
    const { contents, entries, problems } = collect(grainMedia, fixture('grain-media', 'kernel.img'))
    expect(problems).toEqual([])
    expect(contents.get('kernel')?.toString()).toBe(lines(1, 300))
    expect(entries).toMatchObject([{ path: 'kernel', program: true }])
  })

  it('tells what is cut off', () => {
    const image = fixture('grain-media', 'kernel.img')
    expect(collect(grainMedia, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'kernel' },
    ])
  })
})

hostileSuite({
  format: grainMedia,
  fixture: fixture('grain-media', 'kernel.img'),
  needsItsEnd: 'there is one content only',
})
