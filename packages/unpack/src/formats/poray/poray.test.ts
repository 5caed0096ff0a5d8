import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { poray } from './index.ts'

describe('poray', () => {
  it.each([
    ['a5-v11.bin', { firmware: lines(1, 300) }],
    ['r50b.bin', { firmware: lines(1, 300) }],
    ['wt3020.bin', { firmware: lines(1, 300) }],
  ])('gives what lies in %s', (name, held) => {
    const { contents, problems } = collect(poray, fixture('poray', name))
    expect(problems).toEqual([])
    expect(
      Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
    ).toEqual(held)
  })

  it.each([['r50b.bin', 100, 'firmware']] as const)(
    'tells a checksum that differs: %s, byte %i',
    (name, at, path) => {
      const image = fixture('poray', name)
      const place = at < 0 ? image.length + at : at
      image[place] = (image[place] as number) ^ 1
      expect(collect(poray, image).problems).toContainEqual(
        expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
      )
    },
  )
})

hostileSuite({
  format: poray,
  fixture: fixture('poray', 'r50b.bin'),
  needsItsEnd: 'there is one content only',
})
