import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { qding } from './index.ts'

describe('qding', () => {
  it.each([['image.bin', { firmware: lines(1, 300) }]])('gives what lies in %s', (name, held) => {
    const { contents, problems } = collect(qding, fixture('qding', name))
    expect(problems).toEqual([])
    expect(
      Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
    ).toEqual(held)
  })

  it.each([['image.bin', -1, undefined]] as const)(
    'tells a checksum that differs: %s, byte %i',
    (name, at, path) => {
      const image = fixture('qding', name)
      const place = at < 0 ? image.length + at : at
      image[place] = (image[place] as number) ^ 1
      expect(collect(qding, image).problems).toContainEqual(
        expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
      )
    },
  )
})

hostileSuite({
  format: qding,
  fixture: fixture('qding', 'image.bin'),
  needsItsEnd: 'there is one content only',
})
