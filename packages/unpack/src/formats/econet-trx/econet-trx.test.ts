import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { econetTrx } from './index.ts'

const image = fixture('econet-trx', 'tclinux.bin')

function textsOf(content: Uint8Array): readonly (readonly [string, string])[] {
  return [...collect(econetTrx, content).contents].map(([path, text]) => [path, text.toString()])
}

describe('econet-trx', () => {
  it('gives kernel and root file system', () => {
    expect(collect(econetTrx, image).problems).toEqual([])
    expect(textsOf(image)).toEqual([
      ['kernel', lines(1, 100)],
      ['rootfs', 'root\n'.repeat(50)],
    ])
  })

  it('gives the settings behind them', () => {
    expect(textsOf(fixture('econet-trx', 'romfile.bin'))).toEqual([
      ['kernel', lines(1, 100)],
      ['rootfs', 'root\n'.repeat(50)],
      ['romfile', 'cfg\n'],
    ])
  })

  it('takes the footer of DrayTek for part of it, whether the length counts it or not', () => {
    const footer = Buffer.from(`DrayTekImageMD5\n${'0'.repeat(32)}\n`)
    const outside = Buffer.concat([image, footer])
    expect(econetTrx.recognise(memoryBytes(outside), 0)).toEqual({ start: 0, end: outside.length })
    expect(textsOf(outside).map(([path]) => path)).toEqual(['kernel', 'rootfs'])
    const inside = Buffer.from(outside)
    inside.writeUInt32BE(inside.length, 8)
    expect(econetTrx.recognise(memoryBytes(inside), 0)).toEqual({ start: 0, end: inside.length })
    expect(textsOf(inside).map(([path]) => path)).toEqual(['kernel', 'rootfs'])
  })

  it('tells a CRC that differs, and contents that are cut off', () => {
    const changed = Buffer.from(image)
    changed[300] = 0x41
    expect(collect(econetTrx, changed).problems.map(({ code }) => code)).toEqual(['checksum'])
    expect(collect(econetTrx, image.subarray(0, 600)).problems.map(({ code }) => code)).toEqual(['truncated'])
  })
})

hostileSuite({ format: econetTrx, fixture: image })
