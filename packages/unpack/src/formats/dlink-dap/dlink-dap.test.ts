import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { dlinkDap } from './index.ts'

describe('dlink-dap', () => {
  it.each(['dap.bin'])('gives the content of %s', (name) => {
    const { contents, problems } = collect(dlinkDap, fixture('dlink-dap', name))
    expect(problems).toEqual([])
    expect(contents.get('firmware')?.toString()).toBe(lines(1, 300))
  })

  it('tells a checksum that differs, and what is cut off', () => {
    const image = fixture('dlink-dap', 'dap.bin')
    image[image.length - 1] = 0
    expect(collect(dlinkDap, image).problems).toMatchObject([{ code: 'checksum', path: 'firmware' }])
    expect(collect(dlinkDap, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'firmware' },
    ])
  })
})

hostileSuite({
  format: dlinkDap,
  fixture: fixture('dlink-dap', 'dap.bin'),
  needsItsEnd: 'there is one content only',
})
