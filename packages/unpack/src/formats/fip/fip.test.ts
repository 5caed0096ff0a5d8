import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { fip } from './index.ts'

describe('fip', () => {
  it('gives images by their names, others by their UUIDs', () => {
    const image = fixture('fip', 'package.fip')
    const { region, contents, problems } = collect(fip, Buffer.concat([image, Buffer.alloc(64, 0xff)]))
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect([...contents.keys()].toSorted()).toEqual(['112233445566778899aabbccddeeff00', 'nt-fw', 'soc-fw'])
    expect(contents.get('soc-fw')?.toString('latin1', 0, 4)).toBe('1\n2\n')
    expect(contents.get('nt-fw')?.toString('latin1', 0, 4)).toBe('301\n')
  })

  it('tells an end that is not there', () => {
    const image = fixture('fip', 'package.fip')
    expect(collect(fip, image.subarray(0, 1400)).problems).toMatchObject([
      { code: 'truncated' },
      { code: 'truncated' },
    ])
  })
})

hostileSuite({ format: fip, fixture: fixture('fip', 'package.fip') })
