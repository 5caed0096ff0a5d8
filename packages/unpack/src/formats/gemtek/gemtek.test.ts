import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { gemtek } from './index.ts'

describe('gemtek', () => {
  it.each(['wrt110.bin', 'awrt600n.bin'])('gives the content of %s', (name) => {
    const { contents, problems } = collect(gemtek, fixture('gemtek', name))
    expect(problems).toEqual([])
    expect(contents.get('firmware')?.toString()).toBe(lines(1, 300))
  })

  it('tells a CRC-32 that differs, and what is cut off', () => {
    const image = fixture('gemtek', 'wrt110.bin')
    image[image.length - 1] = 0
    expect(collect(gemtek, image).problems).toMatchObject([{ code: 'checksum', path: 'firmware' }])
    expect(collect(gemtek, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'firmware' },
    ])
  })
})

hostileSuite({
  format: gemtek,
  fixture: fixture('gemtek', 'wrt110.bin'),
  needsItsEnd: 'there is one content only',
})
