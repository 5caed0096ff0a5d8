import type { Evidence, StatedTraits } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { assess } from '../../assess.ts'
import { resultOn, testEvidence } from '../../testing.ts'
import { EN303645_V3 } from './index.ts'

function assessed(evidence: readonly Evidence[], statedTraits: StatedTraits = {}) {
  return assess({
    catalogue: EN303645_V3,
    profiles: [],
    evidence,
    statedTraits,
    asOf: '2026-11-23',
    partial: false,
  })
}

function verdict(id: string, evidence: readonly Evidence[], statedTraits?: StatedTraits) {
  return resultOn(id, assessed(evidence, statedTraits)).baseline.verdict
}

describe('evidence on provisions of 2020 under V3.1.3', () => {
  it('does all where the demand is the same', () => {
    expect(verdict('5.4-3', [testEvidence('against', ['5.4-3'])])).toBe('fail')
    expect(verdict('5.7-1', [testEvidence('against', ['5.7-1'])])).toBe('not-met')
    const backed = [testEvidence('for', ['5.3-7'], { level: 'E6' })]
    expect(verdict('5.3-7', backed, { 'software-updateable': true })).toBe('supported')
  })

  it('casts doubt only where one part of a split provision was meant', () => {
    for (const id of ['5.6-4A', '5.13-1A', '5.13-1B', '6-3A', '5.3-5']) {
      const before = id.replace(/[AB]$/, '')
      expect(verdict(id, [testEvidence('against', [before])]), id).toBe('open')
    }
  })

  it('backs, and disproves no longer, what can be set to run automatically', () => {
    const yes = { 'software-updateable': true, 'automatic-updates': true }
    expect(verdict('5.3-4A', [testEvidence('for', ['5.3-4'])], yes)).toBe('supported')
    expect(verdict('5.3-4A', [testEvidence('against', ['5.3-4'])], yes)).toBe('open')
    expect(verdict('5.3-4B', [testEvidence('for', ['5.3-4'])], yes)).toBe('open')
  })

  it('never reaches what is new', () => {
    const all = EN303645_V3.origins!.flatMap(({ from }) => from ?? [])
    const { provisions } = assessed([testEvidence('against', all)])
    for (const id of ['5.1-2A', '5.6-4B', '6-3B', '6-6', '6-7', '6-8'])
      expect(provisions.find((one) => one.id === id)?.baseline.verdict, id).toBe('open')
  })

  it('stands back where the evidence names this edition itself', () => {
    const both = testEvidence('against', ['5.4-3'])
    const own: Evidence = {
      ...both,
      provisions: [...both.provisions, { edition: 'en303645-v3.1.3', id: '5.4-1' }],
    }
    expect(verdict('5.4-3', [own])).toBe('open')
    expect(verdict('5.4-1', [own])).toBe('fail')
  })
})

describe('features', () => {
  it('follow from answers to the questions of 2020', () => {
    const weak = testEvidence('against', ['5.1-1'], { kind: 'account.password.weak' })
    const { traits } = assessed([weak])
    expect(traits.find(({ id }) => id === 'password-authentication')).toMatchObject({ value: true })
    expect(verdict('5.3-3', [], { 'update-mechanism': false })).toBe('not-applicable')
  })

  it('let a product off only by an answer', () => {
    expect(verdict('6-8', [])).toBe('open')
    expect(verdict('6-8', [], { 'personal-data-processed': false })).toBe('not-applicable')
  })

  it('are listed without the questions that only 2020 asks', () => {
    const ids = assessed([]).traits.map(({ id }) => id)
    expect(ids).toHaveLength(32)
    expect(ids).not.toContain('constrained')
  })
})
