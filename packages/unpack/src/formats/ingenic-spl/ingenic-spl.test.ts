import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { ingenicSpl } from './index.ts'
import { parseIngenicSpl } from './parse.ts'

describe('ingenic-spl', () => {
  it.each([
    ['nor.bin', 'nor', 0],
    ['nand.bin', 'nand', 0x200],
  ] as const)('gives the code of %s', (name, flash, clocks) => {
    const image = fixture('ingenic-spl', name)
    expect(parseIngenicSpl(memoryBytes(image), 0)).toMatchObject({ flash, clocks: clocks > 0 })
    const { contents, entries, problems } = collect(ingenicSpl, image)
    expect(problems).toEqual([])
    expect(contents.get('spl')?.toString()).toBe(lines(1, 300))
    expect(entries).toMatchObject([{ path: 'spl', program: true }])
  })

  it('shows a signature, beside which the CRC-7 says nothing', () => {
    const { contents, problems } = collect(ingenicSpl, fixture('ingenic-spl', 'signed.bin'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, { length }]) => [path, length])).toEqual([
      ['signature', 1536],
      ['spl', 1092],
    ])
  })

  it('tells a CRC-7 that differs, and what is cut off', () => {
    const image = fixture('ingenic-spl', 'nor.bin')
    image[image.length - 1] = 0
    expect(collect(ingenicSpl, image).problems).toMatchObject([{ code: 'checksum', path: 'spl' }])
    expect(collect(ingenicSpl, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'spl' },
    ])
  })
})

hostileSuite({
  format: ingenicSpl,
  fixture: fixture('ingenic-spl', 'nor.bin'),
  needsItsEnd: 'there is one content only',
})
