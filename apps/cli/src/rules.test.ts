import { describe, expect, it } from 'vitest'
import { readRules } from './rules.ts'

describe('readRules', () => {
  it('reads a profile over its own edition', () => {
    const { catalogue, profiles } = readRules('de-2027')
    expect([catalogue.edition, profiles.map(({ id }) => id)]).toEqual(['en303645-2020', ['de-2027']])
  })

  it.each([
    ['baseline-2020', 'en303645-2020'],
    ['baseline-v3', 'en303645-v3.1.3'],
  ])('reads %s as an edition alone', (id, edition) => {
    const { catalogue, profiles } = readRules(id)
    expect([catalogue.edition, profiles]).toEqual([edition, []])
  })

  it('takes a baseline beside a profile of the same edition, each once', () => {
    expect(readRules('baseline-2020, de-2027,de-2027').profiles.map(({ id }) => id)).toEqual(['de-2027'])
  })

  it('refuses two editions in one run', () => {
    expect(() => readRules('baseline-v3,de-2027')).toThrow(/different editions.*run once for each/)
  })

  it.each(['de-2026', '', 'toString'])('refuses %j and names what there is', (id) => {
    expect(() => readRules(id)).toThrow(
      /no profile "[^"]*"; there are de-2027, .*baseline-2020, baseline-v3, and files/,
    )
  })
})
