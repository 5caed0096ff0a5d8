import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { rockchipIdb } from './index.ts'

describe('rockchip-idb', () => {
  it.each(['hashes.img', 'signed.img'])('gives the images of %s', (name) => {
    const image = fixture('rockchip-idb', name)
    const { region, contents, problems } = collect(
      rockchipIdb,
      Buffer.concat([image, Buffer.alloc(512, 0xff)]),
    )
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect(contents.get('image-1')?.toString('latin1', 0, 6)).toBe('1\n2\n3\n')
    expect(contents.get('image-2')?.toString('latin1', 0, 4)).toBe('500\n')
  })

  it('tells an end that is not there', () => {
    const { problems } = collect(rockchipIdb, fixture('rockchip-idb', 'hashes.img').subarray(0, 5000))
    expect(problems).toMatchObject([{ code: 'truncated' }])
  })
})

hostileSuite({ format: rockchipIdb, fixture: fixture('rockchip-idb', 'hashes.img') })
