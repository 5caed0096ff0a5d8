import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareNatural } from './natural-order.ts'

describe('compareNatural', () => {
  it('counts as people do', () => {
    const ids = ['6-1', '5.13-1', '5.1-2A', '5.1-10', '5.1-2', '4-1']
    expect(ids.toSorted(compareNatural)).toEqual(['4-1', '5.1-2', '5.1-2A', '5.1-10', '5.13-1', '6-1'])
  })

  it('is an order on any strings', () => {
    const id = fc.string({ unit: fc.constantFrom('0', '1', '9', '.', '-', 'A', 'é') })
    fc.assert(
      fc.property(id, id, (a, b) => {
        expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0)
        expect(compareNatural(a, b) === 0).toBe(a === b)
      }),
    )
  })
})
