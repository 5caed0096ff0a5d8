import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { iptimeNas } from './index.ts'

describe('iptime-nas', () => {
  it.each([['nas1.bin', { image: lines(1, 300) }]])('gives what lies in %s', (name, held) => {
    const { contents, problems } = collect(iptimeNas, fixture('iptime-nas', name))
    expect(problems).toEqual([])
    expect(
      Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
    ).toEqual(held)
  })

  it.each([['nas1.bin', -1, 'image']] as const)(
    'tells a checksum that differs: %s, byte %i',
    (name, at, path) => {
      const image = fixture('iptime-nas', name)
      const place = at < 0 ? image.length + at : at
      image[place] = (image[place] as number) ^ 1
      expect(collect(iptimeNas, image).problems).toContainEqual(
        expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
      )
    },
  )
})

hostileSuite({
  format: iptimeNas,
  fixture: fixture('iptime-nas', 'nas1.bin'),
  needsItsEnd: 'there is one content only',
})
