import { describe, expect, it } from 'vitest'
import { BudgetError, Counters, defaultLimits, limitsFor } from './limits.ts'

const GIB = 1024 ** 3

describe('the budget of bytes', () => {
  it('is less for a small release, so that many contents are no bomb together', () => {
    const limits = defaultLimits()
    expect(limitsFor(limits, 27_000).bytes).toBe(2 * GIB)
    expect(limitsFor(limits, 1024 ** 2).bytes).toBe(5000 * 1024 ** 2)
    expect(limitsFor(limits, GIB).bytes).toBe(16 * GIB)
    expect(limitsFor(limits, Number.POSITIVE_INFINITY).bytes).toBe(16 * GIB)
  })

  it('is what the user says, however small the release', () => {
    const limits = { ...defaultLimits(), bytes: 100 * GIB, bytesBySize: false }
    expect(limitsFor(limits, 27_000)).toEqual(limits)
  })
})

describe('the budget of members', () => {
  it('is used up sooner by names and attributes of many bytes', () => {
    const counters = new Counters({ ...defaultLimits(), entries: 10 })
    for (let count = 0; count < 5; count++) counters.addEntry(200)
    counters.addEntry(128 * 5)
    expect(() => counters.addEntry(1)).toThrow(BudgetError)
  })
})
