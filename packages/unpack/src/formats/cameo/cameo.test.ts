import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { cameo } from './index.ts'

describe('cameo', () => {
  it.each([
    ['two.bin', { kernel: lines(1, 300), rootfs: lines(1, 20) }],
    ['one.bin', { image: lines(1, 300) }],
    ['region.bin', { image: lines(1, 300) }],
  ])('gives what lies in %s', (name, held) => {
    const { contents, problems } = collect(cameo, fixture('cameo', name))
    expect(problems).toEqual([])
    expect(
      Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
    ).toEqual(held)
  })

  it.each([
    ['two.bin', -1, undefined],
    ['one.bin', -1, undefined],
    ['region.bin', -1, undefined],
  ] as const)('tells a checksum that differs: %s, byte %i', (name, at, path) => {
    const image = fixture('cameo', name)
    const place = at < 0 ? image.length + at : at
    image[place] = (image[place] as number) ^ 1
    expect(collect(cameo, image).problems).toContainEqual(
      expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
    )
  })
})

hostileSuite({ format: cameo, fixture: fixture('cameo', 'two.bin') })
hostileSuite({
  format: cameo,
  fixture: fixture('cameo', 'one.bin'),
  needsItsEnd: 'there is one content only',
})
