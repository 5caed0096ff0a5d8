import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { maxlinearUimage } from './index.ts'

describe('maxlinear-uimage', () => {
  it.each(['version2.bin', 'version3.bin'])('gives the parts of %s', (name) => {
    const { contents, problems } = collect(maxlinearUimage, fixture('maxlinear-uimage', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['atom-kernel', 'arm-rootfs', 'part-77', 'arm-rootfs-3'])
    expect(contents.get('atom-kernel')?.toString()).toBe(lines(1, 300))
    expect(contents.get('arm-rootfs-3')?.toString()).toBe('again')
  })

  it('tells what is cut off', () => {
    const image = fixture('maxlinear-uimage', 'version2.bin')
    expect(collect(maxlinearUimage, image.subarray(0, -3)).problems).toMatchObject([
      { code: 'truncated', path: 'arm-rootfs-3' },
    ])
  })
})

hostileSuite({ format: maxlinearUimage, fixture: fixture('maxlinear-uimage', 'version2.bin') })
hostileSuite({ format: maxlinearUimage, fixture: fixture('maxlinear-uimage', 'version3.bin') })
