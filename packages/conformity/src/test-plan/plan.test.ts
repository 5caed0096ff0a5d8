import type { Evidence, IxitTables, StatedTraits } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { assess } from '../assess.ts'
import { CATALOGUES } from '../catalogues/index.ts'
import { planTests } from './plan.ts'

function assessed(edition: 'en303645-2020' | 'en303645-v3.1.3', statedTraits: StatedTraits = {}) {
  const catalogue = CATALOGUES[edition]
  return assess({ catalogue, profiles: [], evidence: [], statedTraits, asOf: '2026-11-28', partial: false })
}

function evidence(parts: Partial<Evidence>): Evidence {
  return {
    id: 'aa'.repeat(32),
    check: 'x',
    checkVersion: 1,
    provisions: [{ edition: 'en303645-2020', id: '5.1-1' }],
    cases: [],
    polarity: 'against',
    kind: 'account.password.weak',
    path: 'fw',
    offset: 0,
    length: 1,
    sha256: 'bb'.repeat(32),
    title: { en: 'x', de: 'x' },
    observation: {},
    confidence: { grade: 'high', reason: { en: 'x', de: 'x' } },
    ...parts,
  }
}

describe('planTests', () => {
  it('plans all 109 cases and 226 units while nothing is known', () => {
    const plan = planTests(assessed('en303645-2020'), {}, [], [], [])
    expect(plan).toHaveLength(109)
    expect(plan.reduce((sum, { units }) => sum + units.length, 0)).toBe(226)
    expect(new Set(plan.flatMap(({ units }) => units)).has('a')).toBe(true)
  })

  it('leaves out what does not apply, and no unit is made up where none is established', () => {
    const plan = planTests(assessed('en303645-2020', { 'personal-data-by-consent': false }), {}, [], [], [])
    expect(plan.some(({ test }) => test.provision === '6-2')).toBe(false)
    expect(
      planTests(assessed('en303645-v3.1.3'), {}, [], [], []).some(
        ({ test, units }) => test.units === null && units.length > 0,
      ),
    ).toBe(false)
  })

  it('names entries of the maker’s tables, and claims', () => {
    const tables: IxitTables = { '1-AuthMech': [{ ID: 'AuthMech-1' }, { Description: 'x' }] }
    const [first] = planTests(
      assessed('en303645-2020'),
      tables,
      [{ provision: '5.1-1', support: 'Y', detail: '' }],
      [],
      [],
    ).filter(({ test }) => test.id === '5.1-1-1')
    expect(first?.ixit.find(({ table }) => table === '1-AuthMech')?.entries).toEqual(['AuthMech-1', '#2'])
    expect(first?.claim).toBe('Y')
  })

  it('puts evidence beside the cases that it names, else beside all of its provision; neutral beside none', () => {
    const named = evidence({ cases: [{ spec: 'ts103701-v1.1.1', id: '5.1-1-2' }] })
    const having = (one: Evidence) =>
      planTests(assessed('en303645-2020'), {}, [], [one], [])
        .filter((planned) => planned.evidence.length > 0)
        .map(({ test }) => test.id)
    expect(having(named)).toEqual(['5.1-1-2'])
    expect(having(evidence({}))).toEqual(['5.1-1-1', '5.1-1-2'])
    expect(having(evidence({ polarity: 'neutral' }))).toEqual([])
  })
})
