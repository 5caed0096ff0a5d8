import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { matterOta } from './index.ts'
import { parseMatterOta } from './parse.ts'
import { flatStructure } from './tlv.ts'

const PAYLOAD = Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 7 + 3) & 255))

describe('matter-ota', () => {
  it.each(['sha256.ota', 'sha512.ota', 'short-digest.ota'])('gives the payload of %s', (name) => {
    const { contents, problems } = collect(matterOta, fixture('matter-ota', name))
    expect(problems).toEqual([])
    expect(contents.get('payload')?.equals(PAYLOAD)).toBe(true)
  })

  it('knows who it is for', () => {
    expect(parseMatterOta(memoryBytes(fixture('matter-ota', 'sha256.ota')), 0)).toMatchObject({
      vendor: 0xfff1,
      product: 0x8001,
      version: 2,
      versionText: '2.0',
      digestType: 1,
    })
  })

  it('tells a digest that differs, and one that nobody knows', () => {
    const image = fixture('matter-ota', 'sha256.ota')
    image[image.length - 1] = 0
    expect(collect(matterOta, image).problems).toMatchObject([{ code: 'checksum' }])
    image[image.indexOf(Buffer.from([0x24, 8, 1])) + 2] = 99
    expect(collect(matterOta, image).problems).toMatchObject([{ code: 'unsupported' }])
  })
})

describe('flatStructure', () => {
  it('reads numbers with their sign, truth values and nothing', () => {
    const bytes = Buffer.from(
      '15 20 01 ff 21 02 00 80 29 03 34 04 27 05 ffffffffffffffff 18'.replaceAll(' ', ''),
      'hex',
    )
    expect([...(flatStructure(bytes) ?? [])]).toEqual([
      [1, -1n],
      [2, -32768n],
      [3, true],
      [4, null],
      [5, 0xffff_ffff_ffff_ffffn],
    ])
  })

  it('takes nothing nested, and nothing without an end', () => {
    expect(flatStructure(Buffer.from('15350118', 'hex'))).toBeUndefined()
    expect(flatStructure(Buffer.from('152001', 'hex'))).toBeUndefined()
    expect(flatStructure(Buffer.from('153301ffffffffffffffff', 'hex'))).toBeUndefined()
  })
})

hostileSuite({
  format: matterOta,
  fixture: fixture('matter-ota', 'sha256.ota'),
  needsItsEnd: 'its one content ends with it',
})
