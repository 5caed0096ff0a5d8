import { describe, expect, it } from 'vitest'
import { renderMap } from './map.ts'

describe('the map on a terminal', () => {
  it('is a bar with a line for each part', () => {
    const text = renderMap(
      [
        { path: 'fw.bin', offset: 0, length: 0x40000, kind: 'format', format: 'uimage' },
        { path: 'fw.bin', offset: 0x40000, length: 0x40000, kind: 'padding' },
        { path: 'fw.bin', offset: 0x80000, length: 0x40000, kind: 'unknown' },
        { path: 'fw.bin', offset: 0xc0000, length: 0x40000, kind: 'format', format: 'squashfs' },
      ],
      { language: 'en', colour: false, width: 42 },
    )
    expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
      'fw.bin, 1.0 MiB',
      '[AAAAAAAAAA··········??????????BBBBBBBBBB]',
      'A 0x00000000–0x0003ffff   256.0 KiB  uimage',
      '· 0x00040000–0x0007ffff   256.0 KiB  padding',
      '? 0x00080000–0x000bffff   256.0 KiB  unknown',
      'B 0x000c0000–0x000fffff   256.0 KiB  squashfs',
      '',
    ])
  })

  it('tells the partitions of a region by their names', () => {
    const part = { path: 'fw.bin', kind: 'format', format: 'gpt' } as const
    const parts = [
      { ...part, offset: 0, length: 0x1000 },
      { ...part, offset: 0x1000, length: 0x3000, name: 'boot' },
      { path: 'fw.bin', offset: 0x4000, length: 0x4000, kind: 'padding', name: 'data' } as const,
    ]
    const text = renderMap([{ ...part, offset: 0, length: 0x8000, parts }], {
      language: 'en',
      colour: false,
      width: 42,
    })
    expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
      'fw.bin, 32.0 KiB',
      `[${'A'.repeat(5)}${'B'.repeat(15)}${'·'.repeat(20)}]`,
      'A 0x00000000–0x00000fff     4.0 KiB  gpt',
      'B 0x00001000–0x00003fff    12.0 KiB  boot (gpt)',
      '· 0x00004000–0x00007fff    16.0 KiB  data (empty)',
      '',
    ])
  })

  it('shows names that would steer the terminal as what they are', () => {
    const part = { path: 'a\u001b[2Jb', offset: 0, length: 9, kind: 'unknown' } as const
    expect(renderMap([part], { language: 'de', colour: false, width: 60 })).not.toContain('\u001b')
  })
})
