import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { parseConfig } from './config.ts'
import { groupOf } from './group.ts'
import { lvm2 } from './index.ts'

const EXTENT = 64 * 1024

function filled(names: readonly string[]): Buffer {
  const content = Buffer.alloc(names.length * EXTENT)
  for (const [index, name] of names.entries()) content.write(name, index * EXTENT)
  return content
}

describe('lvm2', () => {
  it('puts logical volumes together', () => {
    const { contents, problems } = collect(lvm2, fixture('lvm2', 'group.img'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['acme.vg', 'root', 'data'])
    expect(contents.get('root')?.equals(filled(['root-0', 'root-1', 'root-2']))).toBe(true)
    expect(contents.get('data')?.equals(filled(['data-0']))).toBe(true)
    expect(contents.get('acme.vg')?.toString()).toContain('segment_count = 2')
  })

  it('tells where no text describes the group', () => {
    const image = fixture('lvm2', 'group.img')
    image.fill(0, 4096, 8192)
    const { contents, problems } = collect(lvm2, image)
    expect(contents.size).toBe(0)
    expect(problems).toMatchObject([{ code: 'structure' }])
  })

  it('knows which volumes it cannot put together', () => {
    const text = `g { extent_size = 8
      physical_volumes { pv0 { id = "a-b" pe_start = 2 } pv1 { id = "c" pe_start = 2 } }
      logical_volumes {
        one { segment_count = 1 segment1 { start_extent = 0 extent_count = 2 type = "striped" stripe_count = 1 stripes = ["pv0", 3] } }
        two { segment_count = 1 segment1 { start_extent = 0 extent_count = 2 type = "striped" stripe_count = 2 stripes = ["pv0", 3, "pv1", 0] } }
        gap { segment_count = 1 segment1 { start_extent = 1 extent_count = 2 type = "striped" stripe_count = 1 stripes = ["pv0", 3] } }
      } } # a comment`
    const config = parseConfig(text)
    expect(config && groupOf(config, 'ab')).toEqual({
      name: 'g',
      volumes: [
        { name: 'one', size: 8192, segments: [{ at: 0, length: 8192, from: 1024 + 3 * 4096 }] },
        { name: 'two', size: 8192, segments: [{ at: 0, length: 8192, from: undefined }] },
      ],
    })
    expect(parseConfig('a { b = [1, 2')).toBeUndefined()
    expect(parseConfig('a = "open')).toBeUndefined()
  })
})

hostileSuite({ format: lvm2, fixture: fixture('lvm2', 'group.img') })
