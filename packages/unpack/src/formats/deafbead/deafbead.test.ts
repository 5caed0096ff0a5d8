import { describe, expect, it } from 'vitest'
import { entryOf } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { deafbead } from './index.ts'

describe('deafbead', () => {
  it('gives the files, unpacked where they are packed', () => {
    const found = collect(deafbead, fixture('deafbead', 'web.bin'))
    expect(found.problems).toEqual([])
    expect(entryOf(found, 'web')).toMatchObject({ type: 'directory' })
    expect([...found.contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['web/lines.txt', lines(1, 400)],
      ['plain.txt', 'plain\n'],
    ])
  })
})

hostileSuite({ format: deafbead, fixture: fixture('deafbead', 'web.bin') })
hostileSuite({ format: deafbead, fixture: fixture('deafbead', 'file-first.bin') })
