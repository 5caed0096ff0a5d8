import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { amebaZ2Image } from './index.ts'

const PROGRAM = Buffer.from(Array.from({ length: 1200 }, (_, index) => (index * 7 + 3) & 255))
const HEADER_AT = 0xe0

describe('ameba-z2-image', () => {
  it('gives what goes to which memory', () => {
    const { contents, entries, problems } = collect(amebaZ2Image, fixture('ameba-z2-image', 'two.img'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['fwhs-s/sram-0x10000480.bin', 'xip/xip-0x9b000140.bin'])
    expect(contents.get('fwhs-s/sram-0x10000480.bin')?.subarray(0, 1200).equals(PROGRAM)).toBe(true)
    expect(contents.get('xip/xip-0x9b000140.bin')?.toString()).toBe('xip'.repeat(100))
    expect(entries.every(({ program }) => program)).toBe(true)
  })

  it('tells a sum that differs, except where none was written', () => {
    const image = fixture('ameba-z2-image', 'one.img')
    image[1000] = (image[1000] as number) ^ 1
    expect(collect(amebaZ2Image, image).problems).toMatchObject([{ code: 'checksum' }])
    image.fill(0xff, image.length - 4)
    expect(collect(amebaZ2Image, image).problems).toEqual([])
  })

  it('shows what is encrypted as it is', () => {
    const image = fixture('ameba-z2-image', 'one.img')
    image[HEADER_AT + 9] = 1
    image.fill(0xff, image.length - 4)
    const { contents, problems } = collect(amebaZ2Image, image)
    expect(problems).toMatchObject([{ code: 'unsupported', path: 'fwhs-s' }])
    expect([...contents.keys()]).toEqual(['fwhs-s'])
  })

  it('gives what is there of images that are cut off', () => {
    const { contents, problems } = collect(
      amebaZ2Image,
      fixture('ameba-z2-image', 'two.img').subarray(0, 1000),
    )
    expect(problems).toMatchObject([
      { code: 'truncated', message: 'further images are announced' },
      { code: 'truncated', path: 'fwhs-s/sram-0x10000480.bin' },
    ])
    expect(contents.get('fwhs-s/sram-0x10000480.bin')?.equals(PROGRAM.subarray(0, 456))).toBe(true)
  })

  it('takes nothing that is cut off within other bytes', () => {
    const image = fixture('ameba-z2-image', 'two.img')
    const within = (content: Uint8Array) => memoryBytes(Buffer.concat([Buffer.alloc(64), content]))
    expect(amebaZ2Image.recognise(within(image), 64)).toBeDefined()
    expect(amebaZ2Image.recognise(within(image.subarray(0, 1000)), 64)).toBeUndefined()
  })
})

hostileSuite({ format: amebaZ2Image, fixture: fixture('ameba-z2-image', 'two.img') })
