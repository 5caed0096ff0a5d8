import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { broadcomSao } from './index.ts'

describe('broadcom-sao', () => {
  it('gives the objects', () => {
    const { contents, problems } = collect(broadcomSao, fixture('broadcom-sao', 'gateway.bin'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['DTBB', 'KRNL', 'KRNL-2'])
    expect(contents.get('KRNL')?.toString()).toBe(lines(1, 300))
  })

  it('tells CRC-32 that differ, and what is cut off', () => {
    const image = fixture('broadcom-sao', 'gateway.bin')
    image[40] = 1
    image[image.length - 1] = 0
    expect(collect(broadcomSao, image).problems).toMatchObject([
      { code: 'checksum', message: 'the CRC-32 of the header differs', path: 'DTBB' },
      { code: 'checksum', message: 'the CRC-32 differs', path: 'KRNL-2' },
    ])
    expect(collect(broadcomSao, image.subarray(0, -2)).problems).toMatchObject([
      { path: 'DTBB' },
      { code: 'truncated', path: 'KRNL-2' },
    ])
  })
})

hostileSuite({ format: broadcomSao, fixture: fixture('broadcom-sao', 'gateway.bin') })
