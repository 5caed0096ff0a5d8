import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { linksysChdr } from './index.ts'

describe('linksys-chdr', () => {
  it.each([['image.bin', { image: lines(1, 300) }]])('gives what lies in %s', (name, held) => {
    const { contents, problems } = collect(linksysChdr, fixture('linksys-chdr', name))
    expect(problems).toEqual([])
    expect(
      Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
    ).toEqual(held)
  })

  it.each([['image.bin', -1, 'image']] as const)(
    'tells a checksum that differs: %s, byte %i',
    (name, at, path) => {
      const image = fixture('linksys-chdr', name)
      const place = at < 0 ? image.length + at : at
      image[place] = (image[place] as number) ^ 1
      expect(collect(linksysChdr, image).problems).toContainEqual(
        expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
      )
    },
  )
})

hostileSuite({
  format: linksysChdr,
  fixture: fixture('linksys-chdr', 'image.bin'),
  needsItsEnd: 'there is one content only',
})
