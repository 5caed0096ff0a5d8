import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { zyxelTrx } from './index.ts'
import { parseZyxelTrx } from './parse.ts'

describe('zyxel-trx', () => {
  it('gives its content, and what the maker calls it', () => {
    const image = fixture('zyxel-trx', 'nr7101.bin')
    const { contents, problems } = collect(zyxelTrx, image)
    expect(problems).toEqual([])
    expect(contents.get('firmware')?.toString()).toBe(lines(1, 300))
    expect(parseZyxelTrx(memoryBytes(image), 0)).toMatchObject({
      chip: 'MT7621A',
      board: 'NR7101',
      version: '1.00(ABUV.0)D0',
    })
  })

  it('tells a CRC-32 that differs, and what is cut off', () => {
    const image = fixture('zyxel-trx', 'nr7101.bin')
    image[image.length - 1] = 0
    expect(collect(zyxelTrx, image).problems).toMatchObject([{ code: 'checksum', path: 'firmware' }])
    expect(collect(zyxelTrx, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'firmware' },
    ])
  })
})

hostileSuite({
  format: zyxelTrx,
  fixture: fixture('zyxel-trx', 'nr7101.bin'),
  needsItsEnd: 'there is one content only',
})
