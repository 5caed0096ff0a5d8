import { describe, expect, it } from 'vitest'
import { compareProvisionIds, worstVerdict } from './order.ts'

describe('compareProvisionIds', () => {
  it('sorts numbers as numbers and letters after them', () => {
    const sorted = ['4-1', '5.1-2', '5.1-2A', '5.1-3', '5.3-2', '5.3-4A', '5.3-4B', '5.3-10', '5.10-1', '6-1']
    expect([...sorted].reverse().sort(compareProvisionIds)).toEqual(sorted)
  })

  it('is zero only for the same id', () => {
    expect(compareProvisionIds('5.3-2', '5.3-2')).toBe(0)
    expect(compareProvisionIds('5.3-2', '5.3-02')).not.toBe(0)
  })
})

describe('worstVerdict', () => {
  it('follows the order of the design', () => {
    expect(worstVerdict(['pass', 'supported', 'not-met', 'open', 'contested', 'fail'])).toBe('fail')
    expect(worstVerdict(['pass', 'supported', 'not-met', 'open', 'contested'])).toBe('contested')
    expect(worstVerdict(['pass', 'supported', 'not-met', 'open'])).toBe('open')
    expect(worstVerdict(['pass', 'supported', 'not-met'])).toBe('not-met')
    expect(worstVerdict(['pass', 'supported'])).toBe('supported')
    expect(worstVerdict(['pass'])).toBe('pass')
  })

  it('looks past what does not apply', () => {
    expect(worstVerdict(['not-applicable', 'pass'])).toBe('pass')
    expect(worstVerdict(['not-applicable'])).toBe('not-applicable')
    expect(worstVerdict([])).toBe('not-applicable')
  })
})
