import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { zyxelZnbg } from './index.ts'

const IMAGE = Buffer.concat([Buffer.from(lines(1, 300)), fixture('zyxel-znbg', 'footer.bin')])
const AT = IMAGE.length - 60

function problems(image: Buffer): readonly string[] {
  const told: string[] = []
  zyxelZnbg.examine?.(memoryBytes(image), { start: AT, end: image.length }, (code) => told.push(code))
  return told
}

describe('zyxel-znbg', () => {
  it('is recognised behind an image', () => {
    expect(zyxelZnbg.recognise(memoryBytes(IMAGE), AT)).toEqual({ start: AT, end: IMAGE.length })
    expect(problems(IMAGE)).toEqual([])
  })

  it('tells a CRC that differs', () => {
    const image = Buffer.from(IMAGE)
    image[0] = 0
    expect(problems(image)).toEqual(['checksum'])
  })
})

hostileSuite({ format: zyxelZnbg, fixture: fixture('zyxel-znbg', 'footer.bin') })
