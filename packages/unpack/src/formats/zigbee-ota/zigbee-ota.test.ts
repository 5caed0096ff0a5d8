import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { zigbeeOta } from './index.ts'
import { parseZigbeeOta } from './parse.ts'

const FIRMWARE = Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 7 + 3) & 255))

describe('zigbee-ota', () => {
  it('gives the image', () => {
    const { contents, problems } = collect(zigbeeOta, fixture('zigbee-ota', 'plain.ota'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['upgrade-image'])
    expect(contents.get('upgrade-image')?.equals(FIRMWARE)).toBe(true)
  })

  it('knows all that a header may have, and elements of makers', () => {
    const image = fixture('zigbee-ota', 'full.ota')
    expect(parseZigbeeOta(memoryBytes(image), 0)).toEqual({
      headerBytes: 69,
      manufacturer: 0x117c,
      imageType: 0x2101,
      fileVersion: 0x10203040,
      title: 'acme bulb',
      size: image.length,
      securityCredential: 0,
      destination: '0011223344556677',
      hardware: { least: 1, most: 3 },
    })
    const { contents } = collect(zigbeeOta, image)
    expect([...contents.keys()]).toEqual([
      'upgrade-image',
      'integrity-code',
      'element-0xf000',
      `element-0xf000-0x${(image.length - 5).toString(16)}`,
    ])
    expect(contents.get('element-0xf000')?.toString()).toBe('tuned')
  })

  it("knows Telink's encrypted elements, whose length leaves two bytes out", () => {
    const image = fixture('zigbee-ota', 'telink.ota')
    const { contents, problems } = collect(zigbeeOta, image)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['element-0xf000', 'integrity-code'])
    expect(contents.get('element-0xf000')?.equals(FIRMWARE.subarray(0, 1000))).toBe(true)
    const behind = memoryBytes(Buffer.concat([Buffer.alloc(8), image]))
    expect(zigbeeOta.recognise(behind, 8)).toEqual({ start: 8, end: 8 + image.length })
  })

  it('takes the copy of a header within the firmware for none', () => {
    const image = fixture('zigbee-ota', 'plain.ota')
    const copy = Buffer.concat([image.subarray(62, 142), image.subarray(0, 56), Buffer.alloc(4000)])
    expect(zigbeeOta.recognise(memoryBytes(copy), 80)).toBeUndefined()
  })

  it('is found behind a prefix where its elements lead to its end', () => {
    const image = fixture('zigbee-ota', 'full.ota')
    expect(zigbeeOta.recognise(memoryBytes(Buffer.concat([Buffer.from('NGIS'), image])), 4)).toEqual({
      start: 4,
      end: 4 + image.length,
    })
    expect(
      zigbeeOta.recognise(memoryBytes(Buffer.concat([Buffer.from('NGIS'), image.subarray(0, -1)])), 4),
    ).toBeUndefined()
  })

  it('shows what lies in no element', () => {
    const image = fixture('zigbee-ota', 'plain.ota')
    // An element that is longer than the file.
    image.writeUInt32LE(5000, 58)
    const { contents } = collect(zigbeeOta, image)
    expect(contents.get('without-element')).toHaveLength(2006)
  })
})

hostileSuite({ format: zigbeeOta, fixture: fixture('zigbee-ota', 'full.ota') })
