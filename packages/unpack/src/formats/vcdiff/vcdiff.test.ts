import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { vcdiff } from './index.ts'

const PLAIN = fixture('vcdiff', 'plain.xdelta')
const WINDOWS = fixture('vcdiff', 'windows.xdelta')

describe('vcdiff', () => {
  it('gives what is new, of the window that has it', () => {
    const one = collect(vcdiff, PLAIN)
    expect(one.problems).toEqual([])
    expect(one.region).toEqual({ start: 0, end: PLAIN.length })
    expect(one.contents.get('data-0x0')?.toString()).toContain('something new\n')
    const many = collect(vcdiff, WINDOWS)
    expect(many.problems).toEqual([])
    expect([...many.contents.keys()]).toEqual(['data-0x8000'])
    expect(many.contents.get('data-0x8000')?.toString()).toContain('something new\n')
    expect(lines(1, 9000).length).toBeGreaterThan(0x8000)
  })

  it.each(['lzma.xdelta', 'djw.xdelta'])('takes %s for whole, though what is new is compressed', (name) => {
    const image = fixture('vcdiff', name)
    const { entries, problems, region } = collect(vcdiff, image)
    expect({ entries, problems, region }).toEqual({
      entries: [],
      problems: [],
      region: { start: 0, end: image.length },
    })
  })

  it('ends where no window follows', () => {
    expect(collect(vcdiff, Buffer.concat([PLAIN, Buffer.from('no window')])).region.end).toBe(PLAIN.length)
  })

  it('tells a cut within a later window', () => {
    expect(collect(vcdiff, WINDOWS.subarray(0, -4)).problems).toMatchObject([{ code: 'truncated' }])
  })
})

hostileSuite({ format: vcdiff, fixture: WINDOWS })
