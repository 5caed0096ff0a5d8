import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { dms } from './index.ts'

const image = fixture('dms', 'image.bin')

describe('dms', () => {
  it('puts the halves of words right', () => {
    const { contents, problems } = collect(dms, image)
    expect(problems).toEqual([])
    const content = contents.get('image') as Buffer
    expect(content.toString('latin1', 2, 8)).toBe('MG<10>')
    expect(content.toString('latin1', 16)).toBe(lines(1, 100))
  })

  it('tells an image that is cut off', () => {
    const { contents, problems } = collect(dms, image.subarray(0, 202))
    expect(problems).toMatchObject([{ code: 'truncated', path: 'image' }])
    expect(contents.get('image')?.length).toBe(200)
  })
})

hostileSuite({ format: dms, fixture: image, needsItsEnd: 'there is one content only' })
