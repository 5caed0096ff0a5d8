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

  it('shows names that would steer the terminal as what they are', () => {
    const part = { path: 'a\u001b[2Jb', offset: 0, length: 9, kind: 'unknown' } as const
    expect(renderMap([part], { language: 'de', colour: false, width: 60 })).not.toContain('\u001b')
  })
})
