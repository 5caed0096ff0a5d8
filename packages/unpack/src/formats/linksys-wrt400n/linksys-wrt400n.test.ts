import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { linksysWrt400n } from './index.ts'

describe('linksys-wrt400n', () => {
  it.each([['image.bin', { kernel: lines(1, 300), rootfs: lines(1, 20) }]])(
    'gives what lies in %s',
    (name, held) => {
      const { contents, problems } = collect(linksysWrt400n, fixture('linksys-wrt400n', name))
      expect(problems).toEqual([])
      expect(
        Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
      ).toEqual(held)
    },
  )

  it.each([['image.bin', -1, undefined]] as const)(
    'tells a checksum that differs: %s, byte %i',
    (name, at, path) => {
      const image = fixture('linksys-wrt400n', name)
      const place = at < 0 ? image.length + at : at
      image[place] = (image[place] as number) ^ 1
      expect(collect(linksysWrt400n, image).problems).toContainEqual(
        expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
      )
    },
  )
})

hostileSuite({ format: linksysWrt400n, fixture: fixture('linksys-wrt400n', 'image.bin') })
