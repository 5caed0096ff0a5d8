import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ruled, unsettled } from '../testing.ts'
import { rankOf } from './answer.ts'
import { eligibilityOf, type Question, type Ruled } from './eligibility.ts'

const DAY = fc
  .integer({ min: 0, max: 5 * 365 })
  .map((days) => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))
const NEAR = fc.constantFrom(
  '2025-07-31',
  '2025-08-01',
  '2026-12-31',
  '2027-01-01',
  '2027-01-02',
  '2027-12-10',
)
const ANY_DAY = fc.oneof(DAY, NEAR)

const ITEM = fc
  .record({
    id: fc.constantFrom('5.1-1', '5.3-2', '5.7-1', 'SUM-1'),
    verdict: fc.constantFrom('fail' as const, 'contested' as const, 'open' as const),
    weight: fc.constantFrom('law' as const, 'reported' as const, 'reading' as const),
  })
  .map(({ id, verdict, weight }) => unsettled(id, verdict, weight))

const RULED: fc.Arbitrary<readonly Ruled[]> = fc
  .subarray(['eu-red-2025', 'eu-cra-2027', 'de-2027', 'uk-psti'], { minLength: 1 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc
          .record({
            assessed: fc.boolean(),
            seen: fc.boolean(),
            concerns: fc.boolean(),
            unsettled: fc.array(ITEM, { maxLength: 3 }),
          })
          .map((state) => ruled(id, { ...state, seen: state.assessed || state.seen })),
      ),
    ),
  )

const VARIANT: fc.Arbitrary<Question['variant']> = fc.record({
  firmware: fc.constantFrom('some' as const, 'some' as const, 'some' as const, 'none' as const),
  traits: fc.constantFrom({}, { 'update-mechanism': false }),
  certificates: fc.array(
    fc.record({
      id: fc.constantFrom('C1', 'C2'),
      kind: fc.constantFrom('certificate' as const, 'type-examination' as const, 'label' as const),
      validUntil: fc.option(ANY_DAY),
    }),
    { maxLength: 3 },
  ),
  supportUntil: fc.option(ANY_DAY),
})

const REST = { variant: VARIANT, released: fc.boolean(), asOf: ANY_DAY, rules: RULED }
const RUNS = { numRuns: 1000 }

type Rest = Omit<Question, 'supply'> & { readonly rules: readonly Ruled[] }

function rank(supply: Question['supply'], { rules, ...rest }: Rest): number {
  return rankOf(eligibilityOf({ supply, ...rest }, rules).answer)
}

const PLACING = { kind: 'placing', planned: null, actual: null, placed: null, proof: null } as const

describe('eligibilityOf, for any supply', () => {
  it('is never made better by a later day of placing', () => {
    const proof = fc.option(fc.constant('invoice.pdf'))
    const which = fc.constantFrom('planned' as const, 'actual' as const)
    fc.assert(
      fc.property(fc.record(REST), ANY_DAY, ANY_DAY, proof, which, (rest, one, other, paper, field) => {
        const [early, late] = one < other ? [one, other] : [other, one]
        const supply = { ...PLACING, proof: paper }
        expect(rank({ ...supply, [field]: late }, rest)).toBeLessThanOrEqual(
          rank({ ...supply, [field]: early }, rest),
        )
      }),
      RUNS,
    )
  })

  it('is never made worse by moving a proved placing before the cut-off', () => {
    fc.assert(
      fc.property(fc.record(REST), ANY_DAY, ANY_DAY, (rest, one, other) => {
        const [early, late] = one < other ? [one, other] : [other, one]
        const supply = { ...PLACING, proof: 'invoice.pdf' }
        const moved = rank({ ...supply, actual: early }, rest)
        expect(moved).toBeGreaterThanOrEqual(rank({ ...supply, actual: late }, rest))
        expect(moved).toBeGreaterThanOrEqual(rank({ ...supply, planned: late }, rest))
      }),
      RUNS,
    )
  })

  it('is never barred where the units are made available', () => {
    const supply = fc.record({
      kind: fc.constant('making-available' as const),
      planned: fc.option(ANY_DAY),
      actual: fc.option(ANY_DAY),
      placed: fc.option(ANY_DAY),
      proof: fc.option(fc.constant('invoice.pdf')),
    })
    fc.assert(
      fc.property(fc.record(REST), supply, (rest, units) => {
        expect(rank(units, rest)).toBeGreaterThanOrEqual(rankOf('at-risk'))
      }),
      RUNS,
    )
  })

  it('is never made worse by a document that proves the day', () => {
    fc.assert(
      fc.property(fc.record(REST), ANY_DAY, (rest, day) => {
        const bare = { ...PLACING, actual: day }
        expect(rank({ ...bare, proof: 'invoice.pdf' }, rest)).toBeGreaterThanOrEqual(rank(bare, rest))
      }),
      RUNS,
    )
  })

  it('is outside only by proof, or by what is stated about the product', () => {
    fc.assert(
      fc.property(fc.record(REST), ANY_DAY, (rest, day) => {
        const { answer, rules } = eligibilityOf({ ...rest, supply: { ...PLACING, planned: day } }, rest.rules)
        if (answer !== 'outside') return
        for (const { reasons } of rules) expect(['no-firmware', 'not-concerned']).toContain(reasons[0]?.code)
      }),
      RUNS,
    )
  })

  it('gives a reason under each rule, and what would change whatever is not free', () => {
    fc.assert(
      fc.property(fc.record(REST), fc.option(ANY_DAY), (rest, day) => {
        const { rules } = eligibilityOf({ ...rest, supply: { ...PLACING, planned: day } }, rest.rules)
        expect(rules.map(({ rule }) => rule)).toEqual(rest.rules.map(({ rule }) => rule.id))
        for (const { answer, reasons, changes } of rules) {
          expect(reasons.length).toBeGreaterThan(0)
          if (rankOf(answer) < rankOf('no-obstacle')) expect(changes.length).toBeGreaterThan(0)
        }
      }),
      RUNS,
    )
  })
})
