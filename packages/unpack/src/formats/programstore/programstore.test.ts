import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { programstore } from './index.ts'

describe('programstore', () => {
  it.each([['image.bin', { program: lines(1, 300) }]])('gives what lies in %s', (name, held) => {
    const { contents, problems } = collect(programstore, fixture('programstore', name))
    expect(problems).toEqual([])
    expect(
      Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
    ).toEqual(held)
  })

  it.each([['image.bin', -1, 'program']] as const)(
    'tells a checksum that differs: %s, byte %i',
    (name, at, path) => {
      const image = fixture('programstore', name)
      const place = at < 0 ? image.length + at : at
      image[place] = (image[place] as number) ^ 1
      expect(collect(programstore, image).problems).toContainEqual(
        expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
      )
    },
  )
})

hostileSuite({
  format: programstore,
  fixture: fixture('programstore', 'image.bin'),
  needsItsEnd: 'there is one content only',
})
