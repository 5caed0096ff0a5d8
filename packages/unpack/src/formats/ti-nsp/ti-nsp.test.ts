import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { tiNsp } from './index.ts'

describe('ti-nsp', () => {
  it.each([['image.bin', { kernel: lines(1, 300), root: lines(1, 20) }]])(
    'gives what lies in %s',
    (name, held) => {
      const { contents, problems } = collect(tiNsp, fixture('ti-nsp', name))
      expect(problems).toEqual([])
      expect(
        Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
      ).toEqual(held)
    },
  )

  it.each([
    ['image.bin', 65536, 'kernel'],
    ['image.bin', -9, undefined],
  ] as const)('tells a checksum that differs: %s, byte %i', (name, at, path) => {
    const image = fixture('ti-nsp', name)
    const place = at < 0 ? image.length + at : at
    image[place] = (image[place] as number) ^ 1
    expect(collect(tiNsp, image).problems).toContainEqual(
      expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
    )
  })

  it('tells that it is cut off behind its sections', () => {
    const image = fixture('ti-nsp', 'image.bin')
    const { contents, problems } = collect(tiNsp, image.subarray(0, 120_000))
    expect([...contents.keys()]).toEqual(['kernel', 'root'])
    expect(problems).toEqual([
      { code: 'truncated', message: expect.stringContaining('120000 are there'), path: undefined },
    ])
  })
})

hostileSuite({ format: tiNsp, fixture: fixture('ti-nsp', 'image.bin') })
