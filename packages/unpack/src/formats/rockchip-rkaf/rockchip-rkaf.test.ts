import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { rockchipRkaf } from './index.ts'
import { parseRkaf } from './parse.ts'

describe('rockchip-rkaf', () => {
  it('gives the files, and the parameters without what is around them', () => {
    const { contents, problems } = collect(rockchipRkaf, fixture('rockchip-rkaf', 'update.img'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['package-file', 'parameter', 'Image/misc.img', 'Image/kernel.img'])
    expect(contents.get('Image/kernel.img')?.toString()).toBe(lines(1, 400))
    expect(contents.get('Image/misc.img')?.toString()).toBe(lines(401, 500))
    expect(contents.get('parameter')?.toString()).toMatch(/^FIRMWARE_VER:4\.1\.1\n/)
    expect(contents.get('parameter')?.toString()).toMatch(/\(user\)\n$/)
  })

  it('tells what the header says, and a CRC that differs', () => {
    const image = fixture('rockchip-rkaf', 'update.img')
    expect(parseRkaf(memoryBytes(image), 0)).toMatchObject({ model: 'rk30sdk', manufacturer: 'ACME' })
    image[image.indexOf('100\n101')] = 0x32
    expect(collect(rockchipRkaf, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({ format: rockchipRkaf, fixture: fixture('rockchip-rkaf', 'update.img') })
