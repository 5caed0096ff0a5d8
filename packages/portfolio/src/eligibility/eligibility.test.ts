import { describe, expect, it } from 'vitest'
import { ruled, unsettled } from '../testing.ts'
import { eligibilityOf, type Question, type Ruled } from './eligibility.ts'

const AS_OF = '2026-11-28'
const VARIANT: Question['variant'] = { firmware: 'some', traits: {}, certificates: [], supportUntil: null }
const PLACING = { kind: 'placing', planned: null, actual: null, placed: null, proof: null } as const
const STOCK = { ...PLACING, kind: 'making-available' } as const

const FAILS = [ruled('de-2027', { unsettled: [unsettled('5.1-1', 'fail')] })]
const FINE = [ruled('de-2027', {})]
const UNKNOWN = [ruled('de-2027', { assessed: false })]

function of(supply: Question['supply'], rules: readonly Ruled[], variant: Partial<Question['variant']> = {}) {
  return eligibilityOf({ supply, variant: { ...VARIANT, ...variant }, released: true, asOf: AS_OF }, rules)
}

function said(supply: Question['supply'], rules: readonly Ruled[]) {
  const { answer, rules: under } = of(supply, rules)
  return [answer, ...(under[0]?.reasons.map(({ code }) => code) ?? [])]
}

describe('a placing', () => {
  it('after the cut-off is as the firmware is', () => {
    const late = { ...PLACING, planned: '2027-01-02' }
    expect(said(late, FAILS)).toEqual(['barred-as-reported', 'placed-after', 'fails'])
    expect(said(late, FINE)).toEqual(['no-obstacle', 'placed-after', 'nothing-against'])
    expect(said(late, UNKNOWN)).toEqual(['not-assessed', 'placed-after', 'no-evidence'])
    expect(said(late, [ruled('de-2027', { unsettled: [unsettled('5.7-2', 'fail', 'reading')] })])).toEqual([
      'at-risk',
      'placed-after',
      'fails-by-reading',
    ])
  })

  it('on the last free day is before it, until 24:00', () => {
    const supply = { ...PLACING, planned: '2027-01-01' }
    expect(said(supply, FAILS)).toEqual(['at-risk', 'planned-before', 'fails'])
    expect(said(supply, FINE)[0]).toBe('no-obstacle')
  })

  it('before it is outside once a document proves it, and not assessed before', () => {
    const done = { ...PLACING, actual: '2026-11-20' }
    expect(said({ ...done, proof: 'invoice.pdf' }, FAILS)).toEqual(['outside', 'placed-before'])
    expect(said(done, FAILS).slice(0, 2)).toEqual(['not-assessed', 'placed-before-unproved'])
    expect(of(done, FAILS).rules[0]?.changes.map(({ code }) => code)).toEqual([
      'prove-date',
      'better-release',
      'official-text',
    ])
  })

  it('whose planned day went by is not taken for done', () => {
    const supply = { ...PLACING, planned: '2026-11-01', proof: 'order.pdf' }
    expect(said(supply, FAILS).slice(0, 2)).toEqual(['not-assessed', 'planned-passed'])
  })

  it('is told that it could come earlier, as long as it could', () => {
    const codes = (day: string) =>
      of({ ...PLACING, planned: day }, FAILS).rules[0]?.changes.map(({ code }) => code)
    expect(codes('2027-01-02')).toContain('place-earlier')
  })

  it('is not put at risk by a law that is a year away', () => {
    const cra = [ruled('eu-cra-2027', { unsettled: [unsettled('I(2)(b)', 'fail', 'law')] })]
    expect(said({ ...PLACING, planned: '2027-02-01' }, cra)).toEqual(['no-obstacle', 'far-before'])
    expect(said({ ...PLACING, planned: '2027-12-01' }, cra).slice(0, 2)).toEqual([
      'at-risk',
      'planned-before',
    ])
    expect(said({ ...PLACING, planned: '2027-12-11' }, cra).slice(0, 2)).toEqual(['barred', 'placed-after'])
  })

  it('has the answer of the law before that of the report, and the worse of them', () => {
    const rules = [ruled('eu-red-2025', { unsettled: [unsettled('SUM-1', 'open')] }), ...FAILS]
    const { answer, rules: under } = of({ ...PLACING, planned: '2027-03-01' }, rules)
    expect(answer).toBe('barred-as-reported')
    expect(under.map(({ rule, answer }) => [rule, answer])).toEqual([
      ['eu-red-2025', 'at-risk'],
      ['de-2027', 'barred-as-reported'],
    ])
  })
})

describe('stock', () => {
  it('that was placed before, by proof, is outside, without update capability too', () => {
    const supply = { ...STOCK, placed: '2026-03-01', proof: 'delivery-note.pdf', planned: '2027-05-01' }
    const { answer, reasons } = of(supply, FAILS, { traits: { 'update-mechanism': false } })
    expect(answer).toBe('outside')
    expect(reasons.map(({ code }) => code)).toEqual(['no-update-capability'])
  })

  it('of an unknown day is not assessed, and of a later one at risk', () => {
    expect(said(STOCK, FAILS).slice(0, 2)).toEqual(['not-assessed', 'date-unknown'])
    expect(said({ ...STOCK, placed: '2027-01-05' }, FAILS).slice(0, 3)).toEqual([
      'at-risk',
      'placed-after',
      'made-available',
    ])
  })
})

describe('what lies beside the rules', () => {
  it('is a firmware that is not there', () => {
    expect(of({ ...PLACING, planned: '2027-02-01' }, FAILS, { firmware: 'none' }).answer).toBe('outside')
  })

  it('is a certificate that runs out before, unless a later one of its kind does not', () => {
    const supply = { ...PLACING, planned: '2027-02-01' }
    const old = { id: 'TE-1', kind: 'type-examination', validUntil: '2027-01-31' } as const
    expect(of(supply, FINE, { certificates: [old] }).answer).toBe('at-risk')
    const renewed = { ...old, id: 'TE-2', validUntil: '2029-01-31' }
    expect(of(supply, FINE, { certificates: [old, renewed] }).answer).toBe('no-obstacle')
    expect(of(supply, FINE, { certificates: [{ ...old, kind: 'label' }] }).answer).toBe('no-obstacle')
  })

  it('is support that ends before the units are placed', () => {
    const { answer, changes } = of({ ...PLACING, planned: '2027-02-01' }, FINE, {
      supportUntil: '2027-01-31',
    })
    expect([answer, changes[0]?.code]).toEqual(['at-risk', 'extend-support'])
  })

  it('is a market without a rule that we know', () => {
    expect(of({ ...PLACING, planned: '2027-02-01' }, []).answer).toBe('not-assessed')
  })
})
