import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { h3cImage } from './index.ts'

describe('h3c-image', () => {
  it.each([['image.bin', { 'file-0': `${lines(1, 300)}${'\0'.repeat(4)}` }]])(
    'gives what lies in %s',
    (name, held) => {
      const { contents, problems } = collect(h3cImage, fixture('h3c-image', name))
      expect(problems).toEqual([])
      expect(
        Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
      ).toEqual(held)
    },
  )

  it.each([['image.bin', -9, 'file-0']] as const)(
    'tells a checksum that differs: %s, byte %i',
    (name, at, path) => {
      const image = fixture('h3c-image', name)
      const place = at < 0 ? image.length + at : at
      image[place] = (image[place] as number) ^ 1
      expect(collect(h3cImage, image).problems).toContainEqual(
        expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
      )
    },
  )
})

hostileSuite({
  format: h3cImage,
  fixture: fixture('h3c-image', 'image.bin'),
  needsItsEnd: 'there is one content only',
})
