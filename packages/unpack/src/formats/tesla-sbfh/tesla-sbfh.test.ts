import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { teslaSbfh } from './index.ts'

describe('tesla-sbfh', () => {
  it('gives the segments', () => {
    const { contents, problems } = collect(teslaSbfh, fixture('tesla-sbfh', 'connector.bin'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['segment-00100000', 'segment-1f000100'])
    expect(contents.get('segment-1f000100')?.toString()).toBe(lines(1, 300))
  })

  it('tells CRC-32 that differ, and what is cut off', () => {
    const image = fixture('tesla-sbfh', 'connector.bin')
    image[image.length - 1] = 0
    expect(collect(teslaSbfh, image).problems).toMatchObject([{ code: 'checksum', path: 'segment-1f000100' }])
    expect(collect(teslaSbfh, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'segment-1f000100' },
    ])
  })
})

hostileSuite({ format: teslaSbfh, fixture: fixture('tesla-sbfh', 'connector.bin') })
