import { assess, CATALOGUES } from '@messlatte/conformity'
import type { StatedTraits } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { joinStates, type State, stateUnder } from './state.ts'
import { ruleOf } from './testing.ts'

function state(rule: string, statedTraits: StatedTraits, seen = false): State {
  const profile = ruleOf(rule)
  return stateUnder(
    profile,
    assess({
      catalogue: CATALOGUES['en303645-2020'],
      profiles: [profile],
      evidence: [],
      statedTraits,
      asOf: '2026-11-28',
      partial: false,
    }),
    seen,
  )
}

const found = ({ unsettled }: State, verdict: string) =>
  unsettled.filter((one) => one.verdict === verdict).map(({ id, weight }) => `${id} ${weight}`)

describe('stateUnder', () => {
  it('is not assessed without a result, where nothing that is stated fails by itself', () => {
    const { assessed, concerns, pillars } = state('de-2027', {})
    expect([assessed, concerns, pillars.secureBoot]).toEqual([false, true, 'open'])
    expect(state('de-2027', {}, true).assessed).toBe(true)
  })

  it('fails the reported rule where it is stated that there are no updates', () => {
    const one = state('de-2027', { 'update-mechanism': false })
    expect(one.assessed).toBe(true)
    expect(found(one, 'fail')).toContain('5.3-2 reported')
  })

  it('takes a fail under a published standard for no fail of the law', () => {
    const one = state('eu-red-2025', {
      'update-mechanism': false,
      'radio-equipment': true,
      'internet-connected': true,
    })
    expect(found(one, 'fail').filter((it) => it.endsWith(' law'))).toEqual([])
  })

  it('is of no concern to what is no radio equipment', () => {
    expect(state('eu-red-2025', { 'radio-equipment': false }).concerns).toBe(false)
  })
})

describe('joinStates', () => {
  const bad = state('de-2027', { 'update-mechanism': false })
  const open = state('de-2027', {}, true)

  it('has each thing once, at its worst', () => {
    const joined = joinStates([open, bad])
    expect(new Set(joined.unsettled.map(({ id }) => id)).size).toBe(joined.unsettled.length)
    expect(found(joined, 'fail')).toEqual(expect.arrayContaining([...found(bad, 'fail')]))
    expect(joined.pillars.updates).toBe('fail')
  })

  it('leaves aside what is open only because nobody looked', () => {
    const joined = joinStates([bad, state('de-2027', {})])
    expect([joined.assessed, joined.seen, joined.unsettled.length]).toEqual([
      false,
      true,
      bad.unsettled.length,
    ])
  })

  it('is not assessed before all modules are', () => {
    expect(joinStates([open, state('de-2027', {})]).assessed).toBe(false)
    expect(joinStates([]).assessed).toBe(false)
  })
})
