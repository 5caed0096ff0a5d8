import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { edimaxPs16 } from './index.ts'

const IMAGE = fixture('edimax-ps16', 'ps16.bin')

describe('edimax-ps16', () => {
  it('gives the partitions, the last one from where it begins', () => {
    const { contents, problems } = collect(edimaxPs16, IMAGE)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['partition-0', 'partition-1', 'partition-2'])
    expect(contents.get('partition-1')?.toString()).toContain(lines(1, 300))
    expect(contents.get('partition-2')?.toString().startsWith(lines(1, 20))).toBe(true)
  })

  it('tells a CRC that differs', () => {
    const image = Buffer.from(IMAGE)
    image[image.length - 1] = 1
    expect(collect(edimaxPs16, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({ format: edimaxPs16, fixture: IMAGE })
