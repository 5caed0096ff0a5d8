import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { csman } from './index.ts'

const WHOLE = 'its entries have to fill it'

describe('csman', () => {
  it.each(['big.dat', 'little.dat', 'plain.dat'])('gives the entries of %s', (name) => {
    const { contents, problems } = collect(csman, fixture('csman', name))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['00010001.dat', 'admin\0'],
      ['00010002.dat', 'secret\0'],
      ['00010001-1.dat', 'guest\0'],
      ['00020000.dat', '\0'.repeat(300)],
    ])
  })
})

hostileSuite({ format: csman, fixture: fixture('csman', 'big.dat'), needsItsEnd: WHOLE })
hostileSuite({ format: csman, fixture: fixture('csman', 'plain.dat'), needsItsEnd: WHOLE })
