import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { minifs } from './index.ts'

describe('minifs', () => {
  it('gives the files of all chunks', () => {
    const { contents, problems, batches } = collect(minifs, fixture('minifs', 'web.minifs'))
    expect(problems).toEqual([])
    expect(batches).toBe(2)
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['index.htm', '<html>'],
      ['web/js/lines.js', lines(1, 400)],
      ['web/js/empty.js', ''],
      ['config.xml', '<config/>\n'.repeat(9)],
    ])
  })

  it('costs only the files of a chunk that is damaged', () => {
    const image = fixture('minifs', 'web.minifs')
    const at = image.indexOf('5d000080', 0, 'hex')
    image[at] = 0xff
    const { contents, problems } = collect(minifs, image)
    expect([...contents.keys()]).toEqual(['config.xml'])
    expect(problems).toHaveLength(3)
  })
})

hostileSuite({ format: minifs, fixture: fixture('minifs', 'web.minifs') })
