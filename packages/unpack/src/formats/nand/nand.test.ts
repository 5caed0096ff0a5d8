import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { squashfs } from '../squashfs/index.ts'
import { detectGeometry } from './detect.ts'
import { nand } from './index.ts'

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join('')

describe('nand', () => {
  it('gives the pages without the bytes between them', () => {
    const { contents, problems } = collect(nand, fixture('nand', 'large-pages.bin'))
    expect(problems).toEqual([])
    const chip = fixturesOf('nand', 'negative').find(({ name }) => name === 'no-spare.bin')?.content
    const pages = contents.get('pages-2048+64') as Buffer
    expect(pages.subarray(0, chip?.length).equals(chip as Buffer)).toBe(true)
    expect(pages.subarray(chip?.length).every((byte) => byte === 0xff)).toBe(true)
  })

  it('makes a file system whole again', () => {
    const { contents } = collect(nand, fixture('nand', 'small-pages.bin'))
    const pages = contents.get('pages-512+16') as Buffer
    const files = collect(squashfs, pages)
    expect(files.problems).toEqual([])
    expect(files.contents.get('numbers')?.toString()).toBe(lines(1, 6000))
    expect(files.contents.get('more')?.toString()).toBe(lines(3000, 9000))
  })

  it('is not misled by blocks that hold headers only, as a new UBI has them', () => {
    const chip = fixture('nand', 'large-pages.bin')
    const block = Buffer.alloc(64 * 2112, 0xff)
    for (const page of [0, 1]) block.fill('header of a block', page * 2112, page * 2112 + 60)
    for (const page of [0, 1]) block.fill(0x33, page * 2112 + 2048 + 40, page * 2112 + 2112)
    const pages = chip.subarray(0, Math.floor(chip.length / block.length) * block.length)
    const whole = Buffer.concat([...Array<Buffer>(70).fill(block), pages])
    expect(detectGeometry(memoryBytes(whole), 0)).toEqual({ page: 2048, spare: 64 })
  })

  it('is not misled by bad blocks that give nothing', () => {
    const chip = fixture('nand', 'large-pages.bin')
    const bad = Buffer.alloc(64 * 2112)
    const whole = Buffer.concat([bad, chip.subarray(0, bad.length), bad, chip.subarray(bad.length)])
    expect(detectGeometry(memoryBytes(whole), 0)).toEqual({ page: 2048, spare: 64 })
  })

  it('tells when it ends within a block', () => {
    const { problems } = collect(nand, fixture('nand', 'large-pages.bin').subarray(0, 2112 * 52))
    expect(problems).toMatchObject([{ code: 'truncated', path: 'pages-2048+64' }])
  })

  it('takes no erased or regular bytes for a chip', () => {
    for (const filler of [0xff, 0, 0x5a])
      expect(detectGeometry(memoryBytes(Buffer.alloc(1_000_000, filler)), 0)).toBeUndefined()
    // Little data in much of what is erased has ones everywhere.
    const sparse = Buffer.alloc(1_000_000, 0xff)
    for (let at = 100; at < sparse.length; at += 700) sparse[at] = at & 0x7f
    expect(detectGeometry(memoryBytes(sparse), 0)).toBeUndefined()
  })
})

hostileSuite({
  format: nand,
  fixture: fixture('nand', 'large-pages.bin'),
  needsItsEnd: 'half a dump has half a content, which is another one',
})
