import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { FORMATS } from '../index.ts'
import { squashfs } from '../squashfs/index.ts'
import { uimage } from '../uimage/index.ts'
import { swapped } from './index.ts'
import { reordered } from './order.ts'

const NAMES = [
  ['bus16.bin', 'swap-16'],
  ['bus32.bin', 'swap-32'],
  ['halves.bin', 'swap-halves'],
] as const
const ORDERED = fixturesOf('swapped', 'negative').find(({ name }) => name === 'ordered.bin')
  ?.content as Buffer

describe('swapped', () => {
  it.each(NAMES)('gives the bytes of %s in their order', (name, order) => {
    const { contents, problems } = collect(swapped, fixture('swapped', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual([order])
    expect(contents.get(order)?.equals(ORDERED)).toBe(true)
  })

  it('leads to what lies within', () => {
    const { contents } = collect(swapped, fixture('swapped', 'bus16.bin'))
    const dump = contents.get('swap-16') as Buffer
    const kernel = collect(uimage, dump.subarray(4096, 8192))
    expect(kernel.contents.get('payload')?.toString()).toBe(lines(400, 700))
    expect(collect(squashfs, dump.subarray(8192)).contents.get('numbers')?.toString()).toBe(lines(1, 300))
  })

  it('goes on to the end of whole blocks', () => {
    const chip = Buffer.alloc(128 * 1024, 0xff)
    fixture('swapped', 'bus32.bin').copy(chip)
    expect(swapped.recognise(memoryBytes(chip), 0)).toEqual({ start: 0, end: chip.length })
  })

  it('gives any stretch of the bytes in their order', () => {
    const bytes = reordered(memoryBytes(Buffer.from('..badcfehg')), 2, 'swap-16')
    expect(bytes.size).toBe(8)
    for (let at = 0; at <= 8; at++) {
      for (let length = 0; at + length <= 8; length++)
        expect(Buffer.from(bytes.view(at, length)).toString()).toBe('abcdefgh'.slice(at, at + length))
    }
    expect(() => bytes.view(7, 2)).toThrow()
    expect(() => bytes.view(-1, 2)).toThrow()
  })

  it('leaves alone what begins in order, whatever lies behind', () => {
    const chip = Buffer.alloc(192 * 1024, 0xff)
    ORDERED.copy(chip)
    const dump = fixture('swapped', 'bus16.bin')
    dump.copy(chip, 64 * 1024)
    expect(swapped.recognise(memoryBytes(chip), 0)?.end).toBe(chip.length)
    ORDERED.copy(chip, 0, 8192)
    expect(swapped.recognise(memoryBytes(chip), 0)).toBeUndefined()
  })

  it('sees nothing in what is in order', () => {
    for (const { name } of FORMATS.filter((format) => format !== swapped)) {
      for (const { name: file, content } of fixturesOf(name, 'positive')) {
        expect(swapped.recognise(memoryBytes(content), 0), `${name}/${file}`).toBeUndefined()
      }
    }
  })
})

for (const [name] of NAMES) {
  hostileSuite({
    format: swapped,
    fixture: fixture('swapped', name),
    needsItsEnd: 'half a dump has half a content, which is another one',
  })
}
