import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { dlinkPackimg } from './index.ts'

describe('dlink-packimg', () => {
  it.each(['little.packimg', 'big.packimg'])('gives the section of %s', (name) => {
    const image = fixture('dlink-packimg', name)
    const { region, contents, problems } = collect(dlinkPackimg, Buffer.concat([image, Buffer.alloc(9)]))
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect(contents.get('section')?.toString()).toBe(lines(1, 400))
  })
})

hostileSuite({
  format: dlinkPackimg,
  fixture: fixture('dlink-packimg', 'little.packimg'),
  needsItsEnd: 'there is one content only',
})
