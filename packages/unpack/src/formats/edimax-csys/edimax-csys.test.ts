import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { edimaxCsys } from './index.ts'

describe('edimax-csys', () => {
  it.each([
    ['early.bin', { system: `${lines(1, 300)}${'\xff'.repeat(14)}` }],
    ['little.bin', { system: lines(1, 300) }],
    ['big.bin', { system: lines(1, 300) }],
  ])('gives what lies in %s', (name, held) => {
    const { contents, problems } = collect(edimaxCsys, fixture('edimax-csys', name))
    expect(problems).toEqual([])
    expect(
      Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
    ).toEqual(held)
  })

  it.each([
    ['early.bin', -3, 'system'],
    ['little.bin', 100, 'system'],
    ['big.bin', 100, 'system'],
  ] as const)('tells a checksum that differs: %s, byte %i', (name, at, path) => {
    const image = fixture('edimax-csys', name)
    const place = at < 0 ? image.length + at : at
    image[place] = (image[place] as number) ^ 1
    expect(collect(edimaxCsys, image).problems).toContainEqual(
      expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
    )
  })

  it('does not take for the early layout what has no address of its processors', () => {
    const image = fixture('edimax-csys', 'early.bin')
    expect(edimaxCsys.recognise(memoryBytes(image), 0)).toBeDefined()
    // As the patterns of file(1) have it: behind the mark come letters, and numbers that could be a length.
    for (const address of ['TEM ', '\0\0\0\0', '\0\0\x0c\0']) {
      image.write(address, 4, 'latin1')
      expect(edimaxCsys.recognise(memoryBytes(image), 0), address).toBeUndefined()
    }
  })
})

hostileSuite({
  format: edimaxCsys,
  fixture: fixture('edimax-csys', 'early.bin'),
  needsItsEnd: 'there is one content only',
})
hostileSuite({
  format: edimaxCsys,
  fixture: fixture('edimax-csys', 'little.bin'),
  needsItsEnd: 'there is one content only',
})
