import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { DISK } from '../../testing/disk.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { vdi } from './index.ts'

describe('vdi', () => {
  it.each(['dynamic', 'fixed'])('maps %s', (name) => {
    const { contents, problems } = collect(vdi, fixture('vdi', `${name}.vdi`))
    expect(problems).toEqual([])
    expect(contents.get('disk.img')?.equals(DISK)).toBe(true)
  })

  it('says what it does not hold, and where it ends early', () => {
    const image = fixture('vdi', 'dynamic.vdi')
    image[0x4c] = 4
    const { contents, problems } = collect(vdi, image.subarray(0, 30_000))
    expect(problems).toMatchObject([
      { code: 'unsupported', path: 'disk.img' },
      { code: 'truncated', path: 'disk.img' },
    ])
    expect(contents.get('disk.img')?.subarray(0, 10_000).equals(DISK.subarray(0, 10_000))).toBe(true)
  })
})

for (const name of ['dynamic']) hostileSuite({ format: vdi, fixture: fixture('vdi', `${name}.vdi`) })
