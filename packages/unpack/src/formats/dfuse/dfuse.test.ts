import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { dfuse } from './index.ts'

const FIRMWARE = Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 7 + 3) & 255))
const SUFFIX = 16
const LENGTH_AT = 6

describe('dfuse', () => {
  it('gives what goes to an address', () => {
    const { contents, entries, problems } = collect(dfuse, fixture('dfuse', 'one.dfu'))
    expect(problems).toEqual([])
    expect(contents.get('0x08000000.bin')?.equals(FIRMWARE)).toBe(true)
    expect(entries).toMatchObject([{ program: true }])
  })

  it('tells several targets apart', () => {
    const { contents, problems } = collect(dfuse, fixture('dfuse', 'more.dfu'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual([
      'target-0/0x08000000.bin',
      'target-0/0x08004000.bin',
      'target-1/0x1fff0000.bin',
    ])
    expect(contents.get('target-1/0x1fff0000.bin')?.toString()).toBe(lines(1, 300))
  })

  it('takes a length without the suffix, as ST’s tool writes it', () => {
    const image = fixture('dfuse', 'one.dfu')
    image.writeUInt32LE(image.length - SUFFIX, LENGTH_AT)
    const { region, problems } = collect(dfuse, Buffer.concat([image, Buffer.alloc(32)]))
    expect(region.end).toBe(image.length)
    expect(problems).toMatchObject([{ code: 'checksum' }])
  })

  it('tells a suffix that is not there, and what is cut off', () => {
    const image = fixture('dfuse', 'more.dfu')
    expect(collect(dfuse, image.subarray(0, -SUFFIX)).problems).toMatchObject([{ code: 'structure' }])
    const { contents, problems } = collect(dfuse, image.subarray(0, 2500))
    expect(problems).toMatchObject([
      { code: 'truncated', message: '4783 bytes are announced, 2500 are there' },
      { code: 'truncated', path: 'target-0/0x08004000.bin' },
    ])
    expect(contents.get('target-0/0x08000000.bin')?.equals(FIRMWARE)).toBe(true)
  })
})

hostileSuite({
  format: dfuse,
  fixture: fixture('dfuse', 'one.dfu'),
  needsItsEnd: 'there is one content only',
})
hostileSuite({ format: dfuse, fixture: fixture('dfuse', 'more.dfu') })
