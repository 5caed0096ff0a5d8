import type { CheckResult, Verdict } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { minimal, rich } from '../testing/sample.ts'
import { writeOscal } from './write.ts'

interface Finding {
  readonly uuid: string
  readonly title: string
  readonly target: {
    readonly 'target-id': string
    readonly status: { readonly state: string; readonly reason: string }
    readonly remarks: string
  }
  readonly 'related-observations'?: readonly { readonly 'observation-uuid': string }[]
}

interface Result {
  readonly title: string
  readonly findings?: readonly Finding[]
  readonly observations?: readonly { readonly uuid: string }[]
}

function results(result: CheckResult): readonly Result[] {
  return JSON.parse(writeOscal(result, 'en'))['assessment-results'].results
}

function withVerdict(verdict: Verdict): Finding | undefined {
  const [provision] = rich.assessment.provisions
  const reasons = [{ text: { en: 'x', de: 'y' }, evidence: [rich.evidence[0]!.id] }]
  const [first] = results({
    ...rich,
    assessment: {
      ...rich.assessment,
      provisions: [{ ...provision!, baseline: { ...provision!.baseline, verdict, reasons } }],
    },
  })
  return first?.findings?.[0]
}

/** By the model reference of OSCAL 1.1.2, assessment results; `docs/exports.md` says how to validate with its schema. */
describe('writeOscal', () => {
  it('has a result for each rule, requirements of its own among the findings', () => {
    expect(results(rich).map(({ title, findings }) => [title, findings?.length])).toEqual([
      ['baseline', 5],
      ['de-2027', 6],
    ])
    expect(results(minimal)).toHaveLength(1)
  })

  it('is satisfied by nothing but a decision', () => {
    for (const verdict of ['fail', 'contested', 'open', 'not-met', 'supported'] as const)
      expect(withVerdict(verdict)?.target.status.state, verdict).toBe('not-satisfied')
    expect(withVerdict('pass')?.target.status.state).toBe('satisfied')
    expect(withVerdict('open')?.target).toMatchObject({ status: { reason: 'other' }, remarks: 'open' })
    expect(withVerdict('not-applicable')).toBeUndefined()
  })

  it('relates findings to observations that are there', () => {
    const [provision] = rich.assessment.provisions
    const reasons = [{ text: { en: 'x', de: 'y' }, evidence: [rich.evidence[0]!.id, 'gone'] }]
    const [first] = results({
      ...rich,
      assessment: {
        ...rich.assessment,
        provisions: [{ ...provision!, baseline: { ...provision!.baseline, verdict: 'fail', reasons } }],
      },
    })
    const known = first?.observations?.map(({ uuid }) => uuid)
    const related = first?.findings?.[0]?.['related-observations']?.map((it) => it['observation-uuid'])
    expect(related).toEqual(known)
    expect(known).toHaveLength(1)
  })

  it('writes tokens and UUIDs as OSCAL has them, and the same bytes again', () => {
    for (const { findings = [] } of results(rich))
      for (const { uuid, target } of findings) {
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(target['target-id']).toMatch(/^(\p{L}|_)(\p{L}|\p{N}|[.\-_])*$/u)
      }
    expect(writeOscal(rich, 'en')).toBe(writeOscal(rich, 'en'))
  })
})
