import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { corebootFmap } from './index.ts'
import { parseFmap } from './parse.ts'

describe('coreboot-fmap', () => {
  it('tells the areas of the flash', () => {
    const map = fixture('coreboot-fmap', 'flash.fmap')
    const image = memoryBytes(Buffer.concat([Buffer.alloc(32), map, Buffer.alloc(32, 1)]))
    expect(corebootFmap.recognise(image, 32)).toEqual({ start: 32, end: 32 + map.length })
    expect(parseFmap(image, 32)).toMatchObject({
      name: 'FLASH',
      size: 0x10000,
      areas: [
        { name: 'RW', at: 0, length: 0x8000 },
        { name: 'SLOT', at: 0, length: 0x8000 },
        { name: 'RO', at: 0x8000, length: 0x8000 },
        { name: 'FMAP', at: 0x8000, length: 0x800 },
        { name: 'COREBOOT', at: 0x8800, length: 0x7800 },
      ],
    })
  })

  it.each(fixturesOf('coreboot-fmap', 'negative'))('refuses $name', ({ content }) => {
    expect(corebootFmap.recognise(memoryBytes(content), 0)).toBeUndefined()
  })
})

hostileSuite({ format: corebootFmap, fixture: fixture('coreboot-fmap', 'flash.fmap') })
