import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { meraki } from './index.ts'

describe('meraki', () => {
  it.each(['mr18.bin', 'mx60.bin'])('gives the content of %s', (name) => {
    const { contents, problems } = collect(meraki, fixture('meraki', name))
    expect(problems).toEqual([])
    expect(contents.get('firmware')?.toString()).toBe(lines(1, 300))
  })

  it('tells a checksum that differs, and what is cut off', () => {
    const image = fixture('meraki', 'mr18.bin')
    image[image.length - 1] = 0
    expect(collect(meraki, image).problems).toMatchObject([{ code: 'checksum', path: 'firmware' }])
    expect(collect(meraki, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'firmware' },
    ])
  })
})

hostileSuite({
  format: meraki,
  fixture: fixture('meraki', 'mr18.bin'),
  needsItsEnd: 'there is one content only',
})
