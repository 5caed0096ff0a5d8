import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { buffaloDhp } from './index.ts'

describe('buffalo-dhp', () => {
  it.each([['dhp.bin', { image: lines(1, 300) }]])('gives what lies in %s', (name, held) => {
    const { contents, problems } = collect(buffaloDhp, fixture('buffalo-dhp', name))
    expect(problems).toEqual([])
    expect(
      Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
    ).toEqual(held)
  })

  it.each([['dhp.bin', -1, 'image']] as const)(
    'tells a checksum that differs: %s, byte %i',
    (name, at, path) => {
      const image = fixture('buffalo-dhp', name)
      const place = at < 0 ? image.length + at : at
      image[place] = (image[place] as number) ^ 1
      expect(collect(buffaloDhp, image).problems).toContainEqual(
        expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
      )
    },
  )
})

hostileSuite({
  format: buffaloDhp,
  fixture: fixture('buffalo-dhp', 'dhp.bin'),
  needsItsEnd: 'there is one content only',
})
