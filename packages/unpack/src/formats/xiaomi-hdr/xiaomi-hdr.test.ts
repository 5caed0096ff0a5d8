import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { xiaomiHdr } from './index.ts'
import { parseXiaomi } from './parse.ts'

describe('xiaomi-hdr', () => {
  it.each(['r4cm.hdr1', 'ra70.hdr2'])('gives the sections of %s by their names', (name) => {
    const { contents, problems } = collect(xiaomiHdr, fixture('xiaomi-hdr', name))
    expect(problems).toEqual([])
    expect(contents.get('uboot.bin')?.toString()).toBe(lines(1, 400))
    expect(contents.get('firmware.bin')?.toString()).toBe(lines(401, 801))
  })

  it('gives the signature where there is one', () => {
    expect(collect(xiaomiHdr, fixture('xiaomi-hdr', 'ra70.hdr2')).contents.get('signature')).toHaveLength(256)
  })

  it('tells what the headers say', () => {
    expect(parseXiaomi(memoryBytes(fixture('xiaomi-hdr', 'r4cm.hdr1')), 0)).toMatchObject({
      device: 0x12,
      sections: [
        { kind: 4, flashOffset: 0 },
        { kind: 7, flashOffset: 0x18_0000 },
      ],
    })
    const second = parseXiaomi(memoryBytes(fixture('xiaomi-hdr', 'ra70.hdr2')), 0)
    expect(second).toMatchObject({ device: 'RA70', region: 'EU' })
  })

  it('tells when the CRC differs, and what is cut off', () => {
    const image = fixture('xiaomi-hdr', 'r4cm.hdr1')
    const { contents, problems } = collect(xiaomiHdr, image.subarray(0, 2000))
    expect(contents.get('uboot.bin')?.toString()).toBe(lines(1, 400))
    expect(problems).toContainEqual(expect.objectContaining({ code: 'truncated', path: 'firmware.bin' }))
    image[100] = 0
    expect(collect(xiaomiHdr, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({ format: xiaomiHdr, fixture: fixture('xiaomi-hdr', 'r4cm.hdr1') })
hostileSuite({ format: xiaomiHdr, fixture: fixture('xiaomi-hdr', 'ra70.hdr2') })
