import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { sigmastarIpl } from './index.ts'

describe('sigmastar-ipl', () => {
  it.each([
    ['ipl.bin', 'ipl'],
    ['half.bin', 'ipl'],
    ['cust.bin', 'ipl-cust'],
    ['later.bin', 'ipl-cust'],
  ])('gives the code of %s', (name, stage) => {
    const { contents, entries, problems } = collect(sigmastarIpl, fixture('sigmastar-ipl', name))
    expect(problems).toEqual([])
    expect(contents.get(stage)?.toString()).toContain(lines(1, 300))
    expect(entries).toMatchObject([{ path: stage, program: true }])
  })

  it('tells a sum that differs, where it knows what is summed up, and what is cut off', () => {
    const half = fixture('sigmastar-ipl', 'half.bin')
    half[half.length - 4] = 1
    expect(collect(sigmastarIpl, half).problems).toMatchObject([{ code: 'checksum', path: 'ipl' }])
    const image = fixture('sigmastar-ipl', 'ipl.bin')
    image[image.length - 1] = 1
    expect(collect(sigmastarIpl, image).problems).toMatchObject([{ code: 'checksum', path: 'ipl' }])
    expect(collect(sigmastarIpl, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'ipl' },
    ])
    const later = fixture('sigmastar-ipl', 'later.bin')
    later[later.length - 1] = 1
    expect(collect(sigmastarIpl, later).problems).toEqual([])
  })
})

hostileSuite({
  format: sigmastarIpl,
  fixture: fixture('sigmastar-ipl', 'ipl.bin'),
  needsItsEnd: 'there is one content only',
})
