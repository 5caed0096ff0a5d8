import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { zcom } from './index.ts'

describe('zcom', () => {
  it.each([['image.bin', { kernel: lines(1, 300), rootfs: lines(1, 20) }]])(
    'gives what lies in %s',
    (name, held) => {
      const { contents, problems } = collect(zcom, fixture('zcom', name))
      expect(problems).toEqual([])
      expect(
        Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
      ).toEqual(held)
    },
  )

  it.each([
    ['image.bin', -1, undefined],
    ['image.bin', 100, 'kernel'],
  ] as const)('tells a checksum that differs: %s, byte %i', (name, at, path) => {
    const image = fixture('zcom', name)
    const place = at < 0 ? image.length + at : at
    image[place] = (image[place] as number) ^ 1
    expect(collect(zcom, image).problems).toContainEqual(
      expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
    )
  })
})

hostileSuite({ format: zcom, fixture: fixture('zcom', 'image.bin') })
