import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { buffaloTag } from './index.ts'

describe('buffalo-tag', () => {
  it.each([
    ['one.bin', { image: lines(1, 300) }],
    ['two.bin', { 'image-0': lines(1, 300), 'image-1': lines(1, 20) }],
    ['dhp.bin', { image: lines(1, 300) }],
    ['unsummed.bin', { image: lines(1, 300) }],
  ])('gives what lies in %s', (name, held) => {
    const { contents, problems } = collect(buffaloTag, fixture('buffalo-tag', name))
    expect(problems).toEqual([])
    expect(
      Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
    ).toEqual(held)
  })

  it.each([
    ['one.bin', -1, undefined],
    ['two.bin', -1, undefined],
  ] as const)('tells a checksum that differs: %s, byte %i', (name, at, path) => {
    const image = fixture('buffalo-tag', name)
    const place = at < 0 ? image.length + at : at
    image[place] = (image[place] as number) ^ 1
    expect(collect(buffaloTag, image).problems).toContainEqual(
      expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
    )
  })
})

hostileSuite({ format: buffaloTag, fixture: fixture('buffalo-tag', 'two.bin') })
hostileSuite({
  format: buffaloTag,
  fixture: fixture('buffalo-tag', 'one.bin'),
  needsItsEnd: 'there is one content only',
})
hostileSuite({
  format: buffaloTag,
  fixture: fixture('buffalo-tag', 'dhp.bin'),
  needsItsEnd: 'there is one content only',
})
