import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { stm32 } from './index.ts'
import { parseStm32 } from './parse.ts'

const PAYLOAD = Buffer.from(Array.from({ length: 700 }, (_, index) => (index * 7 + 3) & 255))

describe('stm32', () => {
  it.each(['v1.stm32', 'v2.stm32', 'v2-3.stm32'])('gives the payload of %s', (name) => {
    const image = fixture('stm32', name)
    const { region, contents, problems } = collect(stm32, Buffer.concat([image, Buffer.alloc(64, 0xff)]))
    expect(problems).toEqual([])
    expect(contents.get('payload')?.subarray(0, 700).equals(PAYLOAD)).toBe(true)
    expect(region.end).toBe(image.length)
  })

  it('reads keys, tables and versions', () => {
    const read = (name: string) => parseStm32(memoryBytes(fixture('stm32', name)), 0)
    expect(read('v1.stm32')).toMatchObject({ major: 1, minor: 0, authenticated: false, table: undefined })
    expect(read('v2.stm32')).toMatchObject({
      major: 2,
      minor: 0,
      authenticated: true,
      version: 4,
      key: { algorithm: 1 },
      table: { index: 0, hashes: [{ length: 32 }, { length: 32 }] },
      signed: [{ from: 72, to: 1212 }],
    })
    expect(read('v2-3.stm32')).toMatchObject({ minor: 3, signed: [{ from: 104, to: 152 }, { from: 160 }] })
  })

  it('tells a sum that differs, and an end that is not there', () => {
    const image = fixture('stm32', 'v1.stm32')
    expect(collect(stm32, image.subarray(0, 500)).problems).toMatchObject([{ code: 'truncated' }])
    image[400] = (image[400] ?? 0) ^ 1
    expect(collect(stm32, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({
  format: stm32,
  fixture: fixture('stm32', 'v1.stm32'),
  needsItsEnd: 'its one content ends with it',
})
hostileSuite({
  format: stm32,
  fixture: fixture('stm32', 'v2.stm32'),
  needsItsEnd: 'its one content ends with it',
})
