import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { DISK } from '../../testing/disk.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { crc32c } from '../crc32c.ts'
import { vhdx } from './index.ts'

describe('vhdx', () => {
  it.each(['dynamic'])('maps %s', (name) => {
    const { contents, problems } = collect(vhdx, fixture('vhdx', `${name}.vhdx`))
    expect(problems).toEqual([])
    expect(contents.get('disk.img')?.equals(DISK)).toBe(true)
  })

  it('takes the header that was written last, and tells a log that was not worked off', () => {
    const image = fixture('vhdx', 'dynamic.vhdx')
    for (const at of [65_536, 131_072]) {
      image[at + 8] = at === 65_536 ? 9 : 8
      image[at + 48] = at === 65_536 ? 1 : 0
      image.writeUInt32LE(0, at + 4)
      image.writeUInt32LE(~crc32c(image.subarray(at, at + 4096)) >>> 0, at + 4)
    }
    expect(collect(vhdx, image).problems).toMatchObject([{ code: 'unsupported', path: 'disk.img' }])
  })
})

for (const name of ['dynamic']) hostileSuite({ format: vhdx, fixture: fixture('vhdx', `${name}.vhdx`) })
