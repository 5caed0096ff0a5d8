import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { amit } from './index.ts'

describe('amit', () => {
  it.each([['image.bin', { '0x00000000': lines(1, 300), '0x00100000': lines(1, 20) }]])(
    'gives what lies in %s',
    (name, held) => {
      const { contents, problems } = collect(amit, fixture('amit', name))
      expect(problems).toEqual([])
      expect(
        Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
      ).toEqual(held)
    },
  )

  it.each([['image.bin', -1, '0x00100000']] as const)(
    'tells a checksum that differs: %s, byte %i',
    (name, at, path) => {
      const image = fixture('amit', name)
      const place = at < 0 ? image.length + at : at
      image[place] = (image[place] as number) ^ 1
      expect(collect(amit, image).problems).toContainEqual(
        expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
      )
    },
  )
})

hostileSuite({ format: amit, fixture: fixture('amit', 'image.bin') })
