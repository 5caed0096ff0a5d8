import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { wince } from './index.ts'

describe('wince', () => {
  it('gives the records by their addresses, and tells sums that differ', () => {
    const image = fixture('wince', 'nk.bin')
    const { contents, problems } = collect(wince, image)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['0x80000000.bin', '0x80001000.bin', '0x80002000.bin'])
    expect(contents.get('0x80001000.bin')?.toString()).toBe(lines(1, 200))
    image[40] = 1
    expect(collect(wince, image).problems).toMatchObject([{ code: 'checksum', path: '0x80000000.bin' }])
  })
})

hostileSuite({
  format: wince,
  fixture: fixture('wince', 'nk.bin'),
  needsItsEnd: 'its last record tells that it is one',
})
