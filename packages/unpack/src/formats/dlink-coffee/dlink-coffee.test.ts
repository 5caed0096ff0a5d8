import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { dlinkCoffee } from './index.ts'

describe('dlink-coffee', () => {
  it('is recognised behind an image, with all that follow each other', () => {
    const image = memoryBytes(Buffer.concat([Buffer.alloc(64), fixture('dlink-coffee', 'two.bin')]))
    expect(dlinkCoffee.recognise(image, 64)).toEqual({ start: 64, end: 104 })
  })
})

hostileSuite({ format: dlinkCoffee, fixture: fixture('dlink-coffee', 'two.bin') })
