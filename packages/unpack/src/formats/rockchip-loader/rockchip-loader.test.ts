import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { rockchipIdb } from '../rockchip-idb/index.ts'
import { rockchipLoader } from './index.ts'

const OWN = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7 + 3) & 255))

describe('rockchip-loader', () => {
  it('gives its programs in the clear', () => {
    const { contents, entries, problems } = collect(rockchipLoader, fixture('rockchip-loader', 'loader.bin'))
    expect(problems).toEqual([])
    expect(entries.every(({ program }) => program)).toBe(true)
    expect([...contents].map(([path, { length }]) => [path, length])).toEqual([
      ['usb-471/own', 0x1000],
      ['usb-472/two', 0x800],
      ['flash/FlashData', 0x1000],
      ['flash/FlashBoot', 0x800],
    ])
    for (const path of ['usb-471/own', 'flash/FlashData'])
      expect(contents.get(path)?.subarray(0, OWN.length).equals(OWN)).toBe(true)
    for (const path of ['usb-472/two', 'flash/FlashBoot'])
      expect(contents.get(path)?.toString()).toContain(lines(1, 300))
  })

  it('gives a header for later chips with what it leads to', () => {
    const { contents, problems } = collect(rockchipLoader, fixture('rockchip-loader', 'newer.bin'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['usb/UsbHead+own+two', 'flash/FlashHead+FlashData+FlashBoot'])
    for (const content of contents.values()) {
      const inside = collect(rockchipIdb, content)
      expect(inside.problems).toEqual([])
      expect([...inside.contents.keys()]).toEqual(['image-1', 'image-2'])
      expect(inside.contents.get('image-1')?.subarray(0, OWN.length).equals(OWN)).toBe(true)
      expect(inside.contents.get('image-2')?.toString()).toContain(lines(1, 300))
    }
  })

  it('tells a CRC that differs, and what is cut off', () => {
    const loader = fixture('rockchip-loader', 'loader.bin')
    loader[loader.length - 1] = 0
    expect(collect(rockchipLoader, loader).problems).toMatchObject([{ code: 'checksum' }])
    expect(collect(rockchipLoader, loader.subarray(0, 5000)).problems).toMatchObject([
      { code: 'truncated', path: 'usb-472/two' },
      { code: 'truncated', path: 'flash/FlashData' },
      { code: 'truncated', path: 'flash/FlashBoot' },
    ])
  })
})

hostileSuite({ format: rockchipLoader, fixture: fixture('rockchip-loader', 'loader.bin') })
hostileSuite({ format: rockchipLoader, fixture: fixture('rockchip-loader', 'newer.bin') })
