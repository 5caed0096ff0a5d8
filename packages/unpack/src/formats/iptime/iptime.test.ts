import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { iptime } from './index.ts'

describe('iptime', () => {
  it.each([
    ['ax2004m.bin', { image: lines(1, 300) }],
    ['a6004mx.bin', { image: lines(1, 300) }],
  ])('gives what lies in %s', (name, held) => {
    const { contents, problems } = collect(iptime, fixture('iptime', name))
    expect(problems).toEqual([])
    expect(
      Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
    ).toEqual(held)
  })

  it.each([
    ['ax2004m.bin', -1, 'image'],
    ['a6004mx.bin', -1, 'image'],
  ] as const)('tells a checksum that differs: %s, byte %i', (name, at, path) => {
    const image = fixture('iptime', name)
    const place = at < 0 ? image.length + at : at
    image[place] = (image[place] as number) ^ 1
    expect(collect(iptime, image).problems).toContainEqual(
      expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
    )
  })
})

hostileSuite({
  format: iptime,
  fixture: fixture('iptime', 'ax2004m.bin'),
  needsItsEnd: 'there is one content only',
})
