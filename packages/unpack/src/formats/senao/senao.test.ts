import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { senao } from './index.ts'
import { parseSenao } from './parse.ts'

const ONE = 'there is one content only'

describe('senao', () => {
  it.each(['kernel.bin', 'padded.bin', 'managed.bin'])('decodes %s', (name) => {
    const { contents, problems } = collect(senao, fixture('senao', name))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['payload', lines(1, 400)],
    ])
  })

  it('tells what the header says', () => {
    expect(parseSenao(memoryBytes(fixture('senao', 'managed.bin')), 0)).toMatchObject({
      type: 0,
      version: '1.2',
      model: 'ENS620EXT',
    })
  })

  it('tells a content that differs, and one that is cut off', () => {
    const image = fixture('senao', 'kernel.bin')
    expect(collect(senao, image.subarray(0, 500)).problems).toMatchObject([
      { code: 'truncated', path: 'payload' },
    ])
    image[500] = (image[500] as number) ^ 1
    expect(collect(senao, image).problems).toMatchObject([{ path: 'payload' }])
  })

  it('ends where other bytes than encoded zeros stand', () => {
    const image = fixture('senao', 'kernel.bin')
    const followed = Buffer.concat([image, Buffer.from('other')])
    expect(senao.recognise(memoryBytes(followed), 0)).toEqual({ start: 0, end: image.length })
  })
})

hostileSuite({ format: senao, fixture: fixture('senao', 'kernel.bin'), needsItsEnd: ONE })
hostileSuite({ format: senao, fixture: fixture('senao', 'managed.bin'), needsItsEnd: ONE })
