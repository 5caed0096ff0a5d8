import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { tiTxt } from './index.ts'

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join('')

describe('ti-txt', () => {
  it.each(['msp430.txt', 'verilog.hex'])('gives the stretches of memory of %s', (name) => {
    const { region, contents, problems } = collect(tiTxt, fixture('ti-txt', name))
    expect(problems).toEqual([])
    expect(region.end).toBe(fixture('ti-txt', name).length)
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['0x00008000.bin', lines(1, 100)],
      ['0x0000ffc0.bin', lines(200, 210)],
    ])
  })

  it('tells lines that are none, and goes on behind them', () => {
    const text = '@100\n31 32\nnonsense\n33\nq\n'
    const { contents, problems } = collect(tiTxt, Buffer.from(text))
    expect(contents.get('0x00000100.bin')?.toString()).toBe('123')
    expect(problems.map(({ code }) => code)).toEqual(['structure', 'truncated'])
  })

  it.each(['@charset "utf-8";\n', '@1\n', '@1\nq\n', '@ffffffff\n01 02\nq\n', '@10\n1 2 3\n'])(
    'is not %j',
    (text) => {
      expect(tiTxt.recognise(memoryBytes(Buffer.from(text)), 0)).toBeUndefined()
    },
  )
})

hostileSuite({
  format: tiTxt,
  fixture: fixture('ti-txt', 'msp430.txt'),
  needsItsEnd: 'half a file is one without its last line',
})
