import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { rockchipRkaf } from '../rockchip-rkaf/index.ts'
import { rockchipRkfw } from './index.ts'

describe('rockchip-rkfw', () => {
  it('gives the loader, and the update image with its files', () => {
    const { contents, problems } = collect(rockchipRkfw, fixture('rockchip-rkfw', 'rom.img'))
    expect(problems).toEqual([])
    expect(contents.get('loader')?.toString()).toBe(lines(1, 200))
    const inner = collect(rockchipRkaf, contents.get('update.img') as Buffer)
    expect(inner.problems).toEqual([])
    expect(inner.contents.get('misc.img')?.toString()).toBe(lines(1, 100))
  })

  it('tells an MD5 that differs', () => {
    const image = fixture('rockchip-rkfw', 'rom.img')
    image[200] = (image[200] as number) ^ 1
    expect(collect(rockchipRkfw, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({ format: rockchipRkfw, fixture: fixture('rockchip-rkfw', 'rom.img') })
