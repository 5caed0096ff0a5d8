import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { zyxelZld } from './index.ts'

const IMAGE = fixture('zyxel-zld', 'image.bin')
/** In front of the kernel stand versions and checksums. */
const KERNEL_HEADER = 512

describe('zyxel-zld', () => {
  it('gives its files with their kinds', () => {
    const { contents, problems } = collect(zyxelZld, IMAGE)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['0-bm', '1-kernel', '2-core'])
    expect(contents.get('0-bm')?.toString()).toBe(lines(1, 200))
    expect(contents.get('1-kernel')?.subarray(KERNEL_HEADER).toString()).toBe(lines(1, 300))
    expect(contents.get('2-core')?.toString()).toBe(lines(1, 20))
  })

  it('tells a sum that differs', () => {
    const image = Buffer.from(IMAGE)
    image[image.length - 1] = 1
    expect(collect(zyxelZld, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({ format: zyxelZld, fixture: IMAGE })
