import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { usrTrx } from './index.ts'

const IMAGE = fixture('usr-trx', 'usr.bin')

describe('usr-trx', () => {
  it('holds a TRX image', () => {
    const { contents, problems } = collect(usrTrx, IMAGE)
    expect(problems).toEqual([])
    expect(contents.get('image')?.equals(IMAGE.subarray(28))).toBe(true)
  })

  it('tells a CRC that differs', () => {
    const image = Buffer.from(IMAGE)
    image[image.length - 1] = 1
    expect(collect(usrTrx, image).problems).toMatchObject([{ code: 'checksum', path: 'image' }])
  })
})

hostileSuite({ format: usrTrx, fixture: IMAGE, needsItsEnd: 'there is one content only' })
