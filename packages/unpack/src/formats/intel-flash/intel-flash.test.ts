import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { intelFlash } from './index.ts'
import { parseFlashDescriptor } from './parse.ts'

const SIXTEEN = fixture('intel-flash', 'sixteen.bin')

function startsOf(content: Buffer): readonly (readonly [string, number, string])[] {
  return [...collect(intelFlash, content).contents].map(([path, bytes]) => [
    path,
    bytes.length,
    bytes.toString('latin1', 0, 8),
  ])
}

describe('intel-flash', () => {
  it('gives the regions in their order, and what lies between them', () => {
    expect(collect(intelFlash, SIXTEEN).problems).toEqual([])
    expect(startsOf(SIXTEEN)).toEqual([
      ['descriptor', 4096, '\xff'.repeat(8)],
      ['gbe', 8192, 'gbe 0\ngb'],
      ['me', 16_384, 'engine 0'],
      ['unclaimed-0x7000', 4096, 'between\xff'],
      ['bios', 32_768, 'bios 0\nb'],
    ])
  })

  it('knows descriptors with five regions', () => {
    const five = fixture('intel-flash', 'five.bin')
    expect(startsOf(five).at(-1)).toEqual(['pdr', 4096, 'platform'])
    expect(parseFlashDescriptor(memoryBytes(five), 0)?.at(-1)).toEqual({
      name: 'pdr',
      start: 0x10000,
      end: 0x11000,
    })
  })

  it('shows what lies before a cut', () => {
    const { contents, problems } = collect(intelFlash, SIXTEEN.subarray(0, 0x9000))
    expect(contents.get('bios')?.length).toBe(4096)
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: 'bios' }])
  })

  it('tells regions that share bytes', () => {
    const damaged = Buffer.from(SIXTEEN)
    damaged[0x48] = 2
    const { contents, problems } = collect(intelFlash, damaged)
    expect(problems).toMatchObject([{ code: 'structure', path: 'me' }])
    expect(contents.get('me')?.length).toBe(5 * 4096)
  })
})

hostileSuite({ format: intelFlash, fixture: SIXTEEN })
