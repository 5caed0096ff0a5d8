import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { rockchipTrust } from './index.ts'

const OWN = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7 + 3) & 255))
const SIGNATURE_AT = 0x380

describe('rockchip-trust', () => {
  it('gives its parts', () => {
    const { contents, entries, problems } = collect(rockchipTrust, fixture('rockchip-trust', 'trust.img'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, { length }]) => [path, length])).toEqual([
      ['bl31', 4096],
      ['bl32', 2048],
    ])
    expect(contents.get('bl31')?.subarray(0, OWN.length).equals(OWN)).toBe(true)
    expect(contents.get('bl32')?.toString()).toContain(lines(1, 300))
    expect(entries.every(({ program }) => program)).toBe(true)
  })

  it('shows a signature, and tells a hash that differs', () => {
    const image = fixture('rockchip-trust', 'trust.img')
    image.fill(7, SIGNATURE_AT, SIGNATURE_AT + 256)
    image[3000] = 0
    const { contents, problems } = collect(rockchipTrust, image)
    expect(problems).toMatchObject([{ code: 'checksum', path: 'bl31' }])
    expect(contents.get('signature')).toEqual(Buffer.alloc(256, 7))
  })
})

hostileSuite({ format: rockchipTrust, fixture: fixture('rockchip-trust', 'trust.img') })
