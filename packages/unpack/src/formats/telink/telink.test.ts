import { memoryBytes } from '@messlatte/bytes'
import type { DamageNote } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { telink } from './index.ts'

function problemsOf(image: Buffer): readonly DamageNote['code'][] {
  const bytes = memoryBytes(image)
  const region = telink.recognise(bytes, 0)
  const codes: DamageNote['code'][] = []
  if (region) telink.examine?.(bytes, region, (code) => codes.push(code))
  return codes
}

describe('telink', () => {
  it('ends where its size says, and its CRC holds', () => {
    const image = fixture('telink', 'firmware.bin')
    const region = telink.recognise(memoryBytes(Buffer.concat([image, image])), 0)
    expect(region).toEqual({ start: 0, end: 1024 })
    expect(problemsOf(image)).toEqual([])
  })

  it('tells a CRC that differs, and an image that is cut off', () => {
    const image = fixture('telink', 'firmware.bin')
    image[500] = 0
    expect(problemsOf(image)).toEqual(['checksum'])
    expect(problemsOf(image.subarray(0, 1000))).toEqual(['truncated'])
  })
})

hostileSuite({ format: telink, fixture: fixture('telink', 'firmware.bin') })
