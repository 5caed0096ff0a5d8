import type { Assessment, Claim, Decision, Edition, Reason, TestVerdicts } from '@messlatte/model'
import { TEST_CASES } from '../test-cases/index.ts'
import { REFERS_TO } from '../test-cases/refers.ts'
import type { TestCase } from '../test-cases/test-case.ts'
import type { GroupDecision } from './decision.ts'
import { bare } from './reasons.ts'

type Verdict = Decision['verdict']
type DecidedCase = TestVerdicts['cases'][number]

/**
 * What decisions that hold come to for test cases, in the order of the specification. A case passes where it was decided so or
 * all of its units were, fails with any unit and with any case that it refers to, and is inconclusive where only part was decided.
 */
export function decidedCases(edition: Edition, holding: readonly Decision[]): readonly DecidedCase[] {
  const own = new Map<string, Verdict | null>()
  for (const one of TEST_CASES[edition]) {
    const about = holding.filter((decision) => decision.case === one.id)
    own.set(one.id, about.length === 0 ? null : ownVerdict(one, about))
  }
  return TEST_CASES[edition].map((one): DecidedCase => {
    const failsBy = (REFERS_TO[one.id] ?? []).filter((id) => own.get(id) === 'fail')
    return {
      id: one.id,
      provision: one.provision,
      verdict: failsBy.length > 0 ? 'fail' : (own.get(one.id) ?? null),
      units: unitsOf(holding.filter((decision) => decision.case === one.id)),
      failsBy,
    }
  })
}

function ownVerdict({ units }: TestCase, about: readonly Decision[]): Verdict {
  const decided = unitsOf(about)
  const stated = about.filter(({ unit }) => unit === undefined).map(({ verdict }) => verdict)
  const all = [...stated, ...decided.map(({ verdict }) => verdict)]
  if (all.includes('fail')) return 'fail'
  // How many units a case of V2.1.1 has is not established: only a decision on all of it passes it.
  const whole = stated.includes('pass') || (units !== null && decided.length === units)
  return whole && !all.includes('inconclusive') ? 'pass' : 'inconclusive'
}

/** Of several decisions on one unit the worst counts. */
function unitsOf(
  about: readonly Decision[],
): readonly { readonly unit: string; readonly verdict: Verdict }[] {
  const found = new Map<string, Verdict>()
  for (const { unit, verdict } of about)
    if (unit !== undefined)
      found.set(unit, worst([verdict, ...(found.get(unit) ? [found.get(unit) as Verdict] : [])]))
  return [...found].map(([unit, verdict]) => ({ unit, verdict })).sort((a, b) => (a.unit < b.unit ? -1 : 1))
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return (['fail', 'inconclusive'] as const).find((one) => verdicts.includes(one)) ?? 'pass'
}

/** A group passes where all of its cases do, fails with any, and is null where none was decided. */
export function groupVerdict(cases: readonly Pick<DecidedCase, 'verdict'>[]): Verdict | null {
  const all = cases.map(({ verdict }) => verdict)
  if (all.includes('fail')) return 'fail'
  if (all.every((one) => one === null)) return null
  return all.every((one) => one === 'pass') ? 'pass' : 'inconclusive'
}

/**
 * The verdicts of a whole assessment by the test specification: overall a pass where each group passes that applies and is mandatory
 * or claimed, a fail with any of them and with a mandatory one that is declared N, else inconclusive.
 */
export function testVerdicts(
  { catalogue, provisions }: Assessment,
  claims: readonly Claim[],
  holding: readonly Decision[],
): TestVerdicts {
  const cases = decidedCases(catalogue.id, holding)
  const groups = provisions.map(({ id }) => {
    const whole = holding
      .filter((one) => one.provision === id && one.case === undefined)
      .map(({ verdict }) => verdict)
    const ofCases = groupVerdict(cases.filter(({ provision }) => provision === id))
    const all = [...whole, ...(ofCases === null ? [] : [ofCases])]
    return { provision: id, verdict: all.length === 0 ? null : worst(all) }
  })
  const asked = provisions.filter(({ id, baseline }) => {
    const support = claims.find(({ provision }) => provision === id)?.support
    return baseline.verdict !== 'not-applicable' && (baseline.status === 'M' || support === 'Y')
  })
  const outcome = asked.map(({ id, baseline }) => {
    const declined =
      baseline.status === 'M' && claims.some((one) => one.provision === id && one.support === 'N')
    return {
      id,
      verdict: declined ? 'fail' : (groups.find(({ provision }) => provision === id)?.verdict ?? null),
    }
  })
  const fails = outcome.filter(({ verdict }) => verdict === 'fail')
  const short = outcome.filter(({ verdict }) => verdict !== 'pass')
  return {
    cases,
    groups,
    overall: fails.length > 0 ? 'fail' : short.length > 0 ? 'inconclusive' : 'pass',
    because: (fails.length > 0 ? fails : short).map(({ id }) => id),
  }
}

/** By provision, what decisions on cases come to under one rule. */
export function groupDecisions(
  edition: Edition,
  holding: readonly Decision[],
): ReadonlyMap<string, GroupDecision> {
  if (holding.length === 0) return new Map()
  const cases = decidedCases(edition, holding)
  const groups = Map.groupBy(cases, ({ provision }) => provision)
  return new Map(
    [...groups].flatMap(([provision, list]) => {
      const verdict = groupVerdict(list)
      if (verdict === null) return []
      // That only part was decided says nothing yet: an assessor who could not tell has said so.
      const told = holding.some((one) => one.provision === provision && one.verdict === 'inconclusive')
      return [
        [
          provision,
          {
            verdict: verdict === 'inconclusive' && !told ? null : verdict,
            reason: groupReason(list, verdict),
          },
        ],
      ]
    }),
  )
}

function groupReason(cases: readonly DecidedCase[], verdict: Verdict): Reason {
  const list = cases
    .map(
      ({ id, verdict: one, failsBy }) =>
        `${id} ${one === null ? '–' : one.toUpperCase()}${failsBy.length > 0 ? ` (${failsBy.join(', ')})` : ''}`,
    )
    .join(', ')
  return bare(
    `By its test cases the group is ${verdict.toUpperCase()}: ${list}.`,
    `Nach ihren Prüffällen ist die Gruppe ${verdict.toUpperCase()}: ${list}.`,
  )
}
