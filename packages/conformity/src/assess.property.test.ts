import type { Assessment, Evidence, ProvisionVerdict, StatedTraits } from '@messlatte/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical.ts'
import { EN303645_2020 } from './catalogues/en303645-2020/index.ts'
import { EVIDENCE_KINDS } from './kinds.ts'
import { WORST_FIRST } from './order.ts'
import { testAssessment, testEvidence } from './testing.ts'
import { evaluate } from './traits/condition.ts'
import { TRAITS } from './traits/questions.ts'
import { resolveTraits } from './traits/resolve.ts'
import { sortEvidence } from './verdicts/found.ts'

const IDS = EN303645_2020.provisions.map(({ id }) => id)
const KINDS = [...EVIDENCE_KINDS.map(({ kind }) => kind), 'test.seen']
const RUNS = { numRuns: 150 }

const evidence = (polarities: readonly Evidence['polarity'][], kinds = KINDS) =>
  fc
    .record({
      polarity: fc.constantFrom(...polarities),
      provisions: fc.subarray(IDS, { minLength: 1, maxLength: 6 }),
      kind: fc.constantFrom(...kinds),
      path: fc.constantFrom('a', 'b', 'c'),
      grade: fc.constantFrom('high' as const, 'medium' as const, 'low' as const),
      level: fc.constantFrom(undefined, 'E2' as const, 'E5' as const, 'EX' as const),
    })
    .map(({ polarity, provisions, level, ...more }) =>
      testEvidence(polarity, provisions, { ...more, ...(level && { level }) }),
    )

const ANY = fc.array(evidence(['against', 'for', 'neutral']), { maxLength: 12 })

const STATED: fc.Arbitrary<StatedTraits> = fc
  .array(fc.record({ id: fc.constantFrom(...TRAITS.map(({ id }) => id)), value: fc.boolean() }), {
    maxLength: 13,
  })
  .map((answers) => Object.fromEntries(answers.map(({ id, value }) => [id, value])))

function all(assessment: Assessment): readonly (ProvisionVerdict & { readonly id: string })[] {
  return assessment.provisions.flatMap(({ id, baseline, profiles }) => [
    { id, ...baseline },
    { id, ...profiles['de-2027']! },
  ])
}

const RANK: readonly string[] = [...WORST_FIRST, 'not-applicable']
const GREEN = ['supported', 'pass', 'not-applicable']
const DISPROVED = ['fail', 'contested', 'not-met']

describe('assess, for any inputs', () => {
  it('gives the same bytes whatever the order of the evidence', () => {
    fc.assert(
      fc.property(
        ANY.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        STATED,
        ([list, shuffled], stated) => {
          expect(canonicalJson(testAssessment(shuffled, stated))).toBe(
            canonicalJson(testAssessment(list, stated)),
          )
        },
      ),
      RUNS,
    )
  })

  it('supports nothing without evidence for it, and never passes', () => {
    fc.assert(
      fc.property(fc.array(evidence(['against', 'neutral'])), STATED, (list, stated) => {
        expect(
          all(testAssessment(list, stated)).filter(
            ({ verdict }) => verdict === 'supported' || verdict === 'pass',
          ),
        ).toEqual([])
      }),
      RUNS,
    )
    fc.assert(
      fc.property(ANY, STATED, (list, stated) => {
        expect(all(testAssessment(list, stated)).filter(({ verdict }) => verdict === 'pass')).toEqual([])
      }),
      RUNS,
    )
  })

  it('supports only provisions that an image or a proof can support, and none from a partial look', () => {
    const able = EN303645_2020.provisions
      .filter(({ imageCanSupport, proof }) => imageCanSupport || proof)
      .map(({ id }) => id)
    fc.assert(
      fc.property(ANY, STATED, fc.boolean(), (list, stated, partial) => {
        for (const { id, verdict } of all(testAssessment(list, stated, partial))) {
          if (verdict === 'supported') expect([able.includes(id), partial]).toEqual([true, false])
        }
      }),
      RUNS,
    )
  })

  it('never improves a verdict for evidence against it', () => {
    fc.assert(
      fc.property(ANY, evidence(['against'], ['test.seen']), STATED, (list, more, stated) => {
        const before = all(testAssessment(list, stated))
        const touched = new Set(more.provisions.map(({ id }) => id))
        all(testAssessment([...list, more], stated)).forEach(({ id, verdict }, at) => {
          const was = before[at]!.verdict
          if (!touched.has(id)) {
            expect(verdict, id).toBe(was)
          } else {
            expect(GREEN, id).not.toContain(verdict)
            if (DISPROVED.includes(was))
              expect(RANK.indexOf(verdict), id).toBeLessThanOrEqual(RANK.indexOf(was))
            if (more.confidence.grade !== 'low') expect(DISPROVED, id).toContain(verdict)
          }
        })
      }),
      RUNS,
    )
  })

  it('gives a reason for every verdict, and asks for something wherever it is open or not met', () => {
    fc.assert(
      fc.property(ANY, STATED, fc.boolean(), (list, stated, partial) => {
        for (const { id, verdict, reasons, missing } of all(testAssessment(list, stated, partial))) {
          expect(reasons.length, id).toBeGreaterThan(0)
          expect(missing.length > 0, `${id} ${verdict}`).toBe(verdict === 'open' || verdict === 'not-met')
        }
      }),
      RUNS,
    )
  })

  it('never judges milder under the profile than in the baseline', () => {
    fc.assert(
      fc.property(ANY, STATED, (list, stated) => {
        for (const { id, baseline, profiles } of testAssessment(list, stated).provisions) {
          expect(RANK.indexOf(profiles['de-2027']!.verdict), id).toBeLessThanOrEqual(
            RANK.indexOf(baseline.verdict),
          )
        }
      }),
      RUNS,
    )
  })

  it('lets nothing off for an answer that nobody gave', () => {
    fc.assert(
      fc.property(ANY, STATED, (list, stated) => {
        for (const { id, baseline } of testAssessment(list, stated).provisions) {
          if (baseline.verdict !== 'not-applicable') continue
          const condition = EN303645_2020.provisions.find((one) => one.id === id)!.condition
          const traits = resolveTraits(sortEvidence(list), stated)
          expect(condition && evaluate(condition, traits.held), id).toBe(false)
        }
        expect(
          testAssessment(list).provisions.some(
            ({ baseline }) => baseline.verdict === 'not-applicable' && list.length === 0,
          ),
        ).toBe(false)
      }),
      RUNS,
    )
  })
})
