import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { amebaZ2Flash } from './index.ts'

describe('ameba-z2-flash', () => {
  it('gives the partitions by their names', () => {
    const flash = fixture('ameba-z2-flash', 'flash.bin')
    const { contents, problems } = collect(amebaZ2Flash, flash)
    expect(problems).toEqual([])
    expect([...contents].map(([name, { length }]) => [name, length])).toEqual([
      ['boot', 0x1000],
      ['fw1', 0x800],
      ['user', 0x800],
      ['unpartitioned-0x1c0', 0x1e40],
    ])
    expect(contents.get('boot')?.includes('boot'.repeat(50))).toBe(true)
    expect(contents.get('user')?.toString()).toBe('user'.repeat(512))
    const image = fixture('ameba-z2-image', 'one.img')
    expect(contents.get('fw1')?.subarray(0, image.length).equals(image)).toBe(true)
  })

  it('is whole where it ends behind its firmware, and not within', () => {
    const image = fixture('ameba-z2-image', 'one.img')
    const flash = fixture('ameba-z2-flash', 'flash.bin').subarray(0, 0x3000 + image.length)
    const { contents, problems } = collect(amebaZ2Flash, flash)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['boot', 'fw1', 'unpartitioned-0x1c0'])
    expect(contents.get('fw1')?.equals(image)).toBe(true)
    const cut = collect(amebaZ2Flash, flash.subarray(0, -1))
    expect(cut.problems).toMatchObject([{ code: 'truncated', path: 'fw1' }])
  })
})

// Up to the end of its firmware: the erased rest of a partition may be left out without a word.
const WRITTEN = 0x3000 + fixture('ameba-z2-image', 'one.img').length
hostileSuite({
  format: amebaZ2Flash,
  fixture: fixture('ameba-z2-flash', 'flash.bin').subarray(0, WRITTEN),
})
