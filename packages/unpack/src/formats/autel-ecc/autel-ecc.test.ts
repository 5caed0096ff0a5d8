import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { autelEcc } from './index.ts'

describe('autel-ecc', () => {
  it('gives the content without its mask', () => {
    const { contents, problems } = collect(autelEcc, fixture('autel-ecc', 'tool.bin'))
    expect(problems).toEqual([])
    expect(contents.get('firmware')?.toString()).toBe(lines(1, 300))
  })

  it('tells what is cut off', () => {
    const image = fixture('autel-ecc', 'tool.bin')
    expect(collect(autelEcc, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'firmware' },
    ])
  })
})

hostileSuite({
  format: autelEcc,
  fixture: fixture('autel-ecc', 'tool.bin'),
  needsItsEnd: 'there is one content only',
})
