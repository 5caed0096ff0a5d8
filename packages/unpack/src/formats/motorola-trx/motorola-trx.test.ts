import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { motorolaTrx } from './index.ts'
import { parseMotorolaTrx } from './parse.ts'

const IMAGE = fixture('motorola-trx', 'wr850g.bin')

describe('motorola-trx', () => {
  it('holds a TRX image, up to the end that that one tells', () => {
    const { contents, problems, region } = collect(motorolaTrx, IMAGE)
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: IMAGE.length })
    expect(contents.get('image')?.equals(IMAGE.subarray(8))).toBe(true)
    expect(parseMotorolaTrx(memoryBytes(IMAGE), 0)?.model).toBe('WR850G')
  })

  it('tells a CRC that differs', () => {
    const image = Buffer.from(IMAGE)
    image[image.length - 1] = 1
    expect(collect(motorolaTrx, image).problems).toMatchObject([{ code: 'checksum', path: 'image' }])
  })
})

hostileSuite({ format: motorolaTrx, fixture: IMAGE, needsItsEnd: 'there is one content only' })
