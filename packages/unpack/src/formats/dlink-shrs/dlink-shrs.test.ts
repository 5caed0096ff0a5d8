import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { dlinkShrs } from './index.ts'

const CONTENT = lines(1, 400)

describe('dlink-shrs', () => {
  it.each(['legacy.bin', 'newer.bin'])('decrypts %s, whose digests hold', (name) => {
    const { region, contents, problems } = collect(dlinkShrs, fixture('dlink-shrs', name))
    expect(problems).toEqual([])
    expect(region.end).toBe(fixture('dlink-shrs', name).length)
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([['payload', CONTENT]])
  })

  it('tells digests that differ', () => {
    const image = fixture('dlink-shrs', 'legacy.bin')
    image[image.length - 500] = (image[image.length - 500] as number) ^ 1
    const { contents, problems } = collect(dlinkShrs, image)
    expect(problems.map(({ path }) => path)).toEqual([undefined, 'payload'])
    expect(contents.get('payload')?.toString().slice(0, 900)).toBe(CONTENT.slice(0, 900))
  })

  it('decrypts what lies before a cut', () => {
    const { contents, problems } = collect(dlinkShrs, fixture('dlink-shrs', 'legacy.bin').subarray(0, 2500))
    expect(contents.get('payload')?.toString()).toBe(CONTENT.slice(0, 736))
    expect(problems).toMatchObject([{ code: 'truncated', path: 'payload' }])
  })

  it('shows what no key fits as it is, and decrypts it with the key that is handed in', () => {
    const image = fixture('dlink-shrs', '../keyed/own-key.bin')
    const shut = collect(dlinkShrs, image)
    expect([...shut.contents.keys()]).toEqual(['payload.encrypted'])
    expect(shut.problems).toMatchObject([{ code: 'unsupported' }])
    const open = collect(dlinkShrs, image, undefined, [keyOf('dlink-shrs', 'own.bin')])
    expect(open.problems).toEqual([])
    expect(open.contents.get('payload')?.toString()).toBe(CONTENT)
  })
})

hostileSuite({
  format: dlinkShrs,
  fixture: fixture('dlink-shrs', 'legacy.bin'),
  needsItsEnd: 'there is one content only',
})
