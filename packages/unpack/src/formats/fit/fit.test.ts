import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { NUMBERS } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { parseFdt } from '../fdt/parse.ts'
import { fit } from './index.ts'
import { fitImages } from './parse.ts'

describe('fit', () => {
  it.each(fixturesOf('fit', 'positive'))('lists the images of $name', ({ content }) => {
    const bytes = memoryBytes(Buffer.concat([Buffer.alloc(64, 0xa5), content, Buffer.alloc(64, 0xa5)]))
    const region = fit.recognise(bytes, 64)
    expect(region).toEqual({ start: 64, end: 64 + content.length })
    const { contents, problems } = collect(fit, bytes, region)
    expect(problems).toEqual([])
    expect([...contents].map(([path, image]) => [path, image.toString()])).toEqual([
      ['images/ramdisk-1', '1\n2\n3\n4\n5\n6\n7\n'],
      ['images/kernel-1', NUMBERS],
    ])
  })

  it('tells data inside of the tree from data behind it', () => {
    const external = (name: string) =>
      fitImages(parseFdt(memoryBytes(fixture('fit', name)), 0)).map((image) => image.external)
    expect(external('inside.itb')).toEqual([false, false])
    expect(external('external.itb')).toEqual([true, true])
  })

  it('shows the images that lie before a cut', () => {
    const image = fixture('fit', 'position.itb').subarray(0, 0x1000 + 100)
    const { region, contents, problems } = collect(fit, image)
    expect(region.end).toBe(image.length)
    expect(contents.get('images/ramdisk-1')).toHaveLength(14)
    expect(contents.get('images/kernel-1')).toHaveLength(100 - 16)
    expect(problems).toMatchObject([{ code: 'truncated', path: 'images/kernel-1' }])
  })
})

hostileSuite({
  format: fit,
  fixture: fixture('fit', 'inside.itb'),
  needsItsEnd: 'the names of properties come last',
})
hostileSuite({ format: fit, fixture: fixture('fit', 'external.itb') })
hostileSuite({ format: fit, fixture: fixture('fit', 'position.itb') })
