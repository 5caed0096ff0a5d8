import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { dlinkMh01 } from './index.ts'

describe('dlink-mh01', () => {
  it.each(['little', 'big'])('leads from the outer header to the content: %s', (order) => {
    const outer = collect(dlinkMh01, fixture('dlink-mh01', `${order}.bin`))
    expect(outer.problems).toEqual([])
    expect(outer.contents.get('signature')?.toString()).toBe('S'.repeat(256))
    const middle = collect(dlinkMh01, outer.contents.get('content') as Buffer)
    expect(middle.problems).toEqual([])
    expect([...middle.contents.keys()]).toEqual(['payload'])
    const inner = collect(dlinkMh01, middle.contents.get('payload') as Buffer)
    expect(inner.problems).toEqual([])
    expect(inner.contents.get('content')?.toString()).toBe(lines(1, 400))
  })

  it('shows what no key fits as it is', () => {
    const image = fixture('dlink-mh01', 'encrypted-little.bin')
    image[70] = (image[70] as number) ^ 1
    const { contents, problems } = collect(dlinkMh01, image)
    expect([...contents.keys()]).toEqual(['payload.encrypted'])
    expect(problems).toMatchObject([{ code: 'unsupported' }])
  })

  it('tells a cut, a padding that is none, and a length that no cipher has', () => {
    const image = fixture('dlink-mh01', 'encrypted-little.bin')
    expect(collect(dlinkMh01, image.subarray(0, 1000)).problems).toMatchObject([
      { code: 'truncated', path: 'payload' },
    ])
    const damaged = Buffer.from(image)
    damaged[image.length - 1] = (damaged[image.length - 1] as number) ^ 1
    expect(collect(dlinkMh01, damaged).problems).toMatchObject([{ path: 'payload' }])
    image.writeUInt32LE(image.readUInt32LE(8) - 1, 8)
    expect(collect(dlinkMh01, image).problems).toMatchObject([{ code: 'structure', path: 'payload' }])
  })
})

hostileSuite({ format: dlinkMh01, fixture: fixture('dlink-mh01', 'little.bin') })
hostileSuite({
  format: dlinkMh01,
  fixture: fixture('dlink-mh01', 'encrypted-little.bin'),
  needsItsEnd: 'there is one content only',
})
