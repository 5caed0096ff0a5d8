import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { rdiffDelta } from './index.ts'

const NEW = `${lines(1, 900)}something new\n${lines(2000, 2100)}${lines(1000, 2000).replaceAll(/^15/gm, '16')}`
const BLOCKS = fixture('rdiff-delta', 'blocks.rdiff')
const WHOLE = fixture('rdiff-delta', 'whole.rdiff')

describe('rdiff-delta', () => {
  it('gives what is new where it stands in the new file', () => {
    const { contents, problems, region } = collect(rdiffDelta, BLOCKS)
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: BLOCKS.length })
    expect(contents.size).toBe(3)
    for (const [path, content] of contents) {
      const place = Number(path.replace('literal-', ''))
      expect(content.toString()).toBe(NEW.slice(place, place + content.length))
    }
    expect([...contents.values()].join('')).toContain('something new')
  })

  it('puts literals that follow each other together: a delta against nothing is the file', () => {
    expect(WHOLE[4]).toBeLessThan(0x45)
    const { contents, problems } = collect(rdiffDelta, WHOLE)
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['literal-0x0', lines(1, 12_000)],
    ])
  })

  it('reads numbers of every width', () => {
    const commands = ['02 6162', '41 01 63', '42 0001 64', '43 00000001 65', '44 0000000000000001 66']
    const copies = ['45 00 05', '4a 0000 0005', '54 0000000000000000 0000000000000005']
    const image = Buffer.from(
      `72730236${commands.join('')}${copies.join('')}0167 00`.replaceAll(' ', ''),
      'hex',
    )
    const { contents, problems } = collect(rdiffDelta, image)
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['literal-0x0', 'abcdef'],
      ['literal-0x15', 'g'],
    ])
  })

  it('tells a cut, and shows what is before it', () => {
    const { contents, problems } = collect(rdiffDelta, WHOLE.subarray(0, 40_000))
    expect(problems).toMatchObject([{ code: 'truncated' }])
    const content = contents.get('literal-0x0')?.toString() ?? ''
    expect(content.length).toBeGreaterThan(39_000)
    expect(lines(1, 12_000).startsWith(content)).toBe(true)
  })
})

hostileSuite({ format: rdiffDelta, fixture: BLOCKS })
