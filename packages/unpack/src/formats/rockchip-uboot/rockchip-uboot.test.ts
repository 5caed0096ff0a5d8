import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { rockchipUboot } from './index.ts'

const OWN = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7 + 3) & 255))
const SIGN_AT = 0x400

describe('rockchip-uboot', () => {
  it('gives U-Boot, and a trusted OS', () => {
    const uboot = collect(rockchipUboot, fixture('rockchip-uboot', 'uboot.img'))
    expect(uboot.problems).toEqual([])
    expect(uboot.contents.get('u-boot')?.equals(OWN)).toBe(true)
    expect(uboot.entries).toMatchObject([{ program: true }])
    const tos = collect(rockchipUboot, fixture('rockchip-uboot', 'tos.img'))
    expect(tos.problems).toEqual([])
    expect(tos.contents.get('trusted-os')?.toString()).toBe(lines(1, 300))
  })

  it('shows a signature', () => {
    const image = fixture('rockchip-uboot', 'uboot.img')
    image.write('SIGN\0\x01\0\0', SIGN_AT, 'latin1')
    image.fill(7, SIGN_AT + 8, SIGN_AT + 8 + 256)
    expect(collect(rockchipUboot, image).contents.get('signature')).toEqual(Buffer.alloc(256, 7))
  })

  it('tells a CRC that differs, and what is cut off', () => {
    const image = fixture('rockchip-uboot', 'uboot.img')
    image[3000] = 0
    expect(collect(rockchipUboot, image).problems).toMatchObject([{ code: 'checksum', path: 'u-boot' }])
    expect(collect(rockchipUboot, image.subarray(0, 4000)).problems).toMatchObject([
      { code: 'truncated', path: 'u-boot' },
    ])
  })
})

hostileSuite({
  format: rockchipUboot,
  fixture: fixture('rockchip-uboot', 'uboot.img'),
  needsItsEnd: 'there is one content only',
})
