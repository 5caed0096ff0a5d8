import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { tiOad } from './index.ts'

const PROGRAM = Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 7 + 3) & 255))

describe('ti-oad', () => {
  it('gives the image', () => {
    const { contents, entries, problems } = collect(tiOad, fixture('ti-oad', 'plain.bin'))
    expect(problems).toEqual([])
    expect(entries).toMatchObject([{ path: 'image', program: true }])
    expect(contents.get('image')?.subarray(-PROGRAM.length).equals(PROGRAM)).toBe(true)
  })

  it('shows what signs it', () => {
    const { contents, problems } = collect(tiOad, fixture('ti-oad', 'signed.bin'))
    expect(problems).toEqual([])
    expect([...contents].map(([name, { length }]) => [name, length])).toEqual([
      ['security', 77],
      ['image', 2027],
    ])
  })

  it('tells a CRC that differs', () => {
    const image = fixture('ti-oad', 'plain.bin')
    image[500] = (image[500] as number) ^ 1
    expect(collect(tiOad, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({
  format: tiOad,
  fixture: fixture('ti-oad', 'signed.bin'),
  needsItsEnd: 'its segments have to make up all of it',
})
