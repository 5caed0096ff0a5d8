import type {
  Assessment,
  CaseRef,
  Claim,
  Evidence,
  IxitTables,
  ProvisionResult,
  ProvisionStatus,
  TestVerdicts,
  Verdict,
} from '@messlatte/model'
import { worstVerdict } from '../order.ts'
import { TEST_CASES } from '../test-cases/index.ts'
import type { TestCase } from '../test-cases/test-case.ts'

export interface PlannedTable {
  /** As the specification names it: `20-SecBoot`. */
  readonly table: string
  /** Ids of its entries in the maker's tables; those without an id by their place: `#2`. */
  readonly entries: readonly string[]
}

/** A test case of a laboratory's plan, with what lies there for it. */
export interface PlannedCase {
  readonly test: TestCase
  readonly provision: ProvisionResult
  readonly status: ProvisionStatus
  /** The worst of all rules. */
  readonly verdict: Verdict
  /** Letters of its test units; none where their number is not established. */
  readonly units: readonly string[]
  readonly ixit: readonly PlannedTable[]
  readonly claim: Claim['support'] | null
  /** What assessors decided on it, under the standard itself. */
  readonly decided: Pick<TestVerdicts['cases'][number], 'verdict' | 'units'>
  /** Of a machine, on this case or on its provision. */
  readonly evidence: readonly Evidence[]
}

/** Cases whose provision applies under some rule, in the order of the specification. */
export function planTests(
  assessment: Assessment,
  tables: IxitTables,
  claims: readonly Claim[],
  evidence: readonly Evidence[],
  decided: TestVerdicts['cases'],
): readonly PlannedCase[] {
  const edition = assessment.catalogue.id
  const results = new Map(assessment.provisions.map((one) => [one.id, one]))
  return TEST_CASES[edition].flatMap((test): PlannedCase[] => {
    const provision = results.get(test.provision)
    if (!provision) return []
    const verdicts = [provision.baseline, ...Object.values(provision.profiles)]
    const verdict = worstVerdict(verdicts.map((one) => one.verdict))
    if (verdict === 'not-applicable') return []
    return [
      {
        test,
        provision,
        status: verdicts.some(({ status }) => status === 'M') ? 'M' : 'R',
        verdict,
        units: lettersOf(test.units),
        ixit: test.ixit.map((table) => ({ table, entries: entriesOf(tables[table] ?? []) })),
        claim: claims.find((one) => one.provision === test.provision)?.support ?? null,
        decided: decided.find(({ id }) => id === test.id) ?? NOTHING_DECIDED,
        evidence: evidence.filter((one) => one.polarity !== 'neutral' && isAbout(one, test, edition)),
      },
    ]
  })
}

const NOTHING_DECIDED: PlannedCase['decided'] = { verdict: null, units: [] }

/** Whether nothing of it is left to do: what is inconclusive is. */
export function isDone({ decided }: PlannedCase): boolean {
  return decided.verdict === 'pass' || decided.verdict === 'fail'
}

/** Units are lettered from a on; no case has more than 26. */
function lettersOf(units: number | null): readonly string[] {
  return Array.from({ length: units ?? 0 }, (_, at) => String.fromCharCode(97 + at))
}

function entriesOf(entries: IxitTables[string]): readonly string[] {
  return entries.map(({ ID }, at) => (ID === undefined || ID.trim() === '' ? `#${at + 1}` : ID))
}

function isAbout(evidence: Evidence, test: TestCase, edition: ProvisionResult['edition']): boolean {
  const named = (ref: CaseRef) => ref.spec === test.spec && ref.id === test.id
  if (evidence.cases.some(({ spec }) => spec === test.spec)) return evidence.cases.some(named)
  return evidence.provisions.some((ref) => ref.edition === edition && ref.id === test.provision)
}
