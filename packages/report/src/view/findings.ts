import { mendingIn } from '@messlatte/conformity'
import type {
  CheckResult,
  Evidence,
  ProvisionResult,
  ProvisionVerdict,
  Reason,
  Text,
  Verdict,
} from '@messlatte/model'
import { type ColumnKey, columnsOf, profilesOf, verdictIn } from './columns.ts'

/** A provision with a given verdict somewhere, and the columns in which it has it. */
export interface Finding {
  readonly provision: ProvisionResult
  readonly columns: readonly ColumnKey[]
  readonly reasons: readonly Reason[]
  /** What the reasons rest on, as far as the result holds it. */
  readonly evidence: readonly Evidence[]
  /** How makers usually mend it, where practice is known. */
  readonly mending: Text | null
}

/** What fails: first under a profile, then only in the baseline. */
export function failingOf(result: CheckResult): readonly Finding[] {
  const failing = findingsOf(result, ['fail'])
  const underProfile = (finding: Finding) => finding.columns.some((it) => it !== 'baseline')
  return [...failing.filter(underProfile), ...failing.filter((it) => !underProfile(it))]
}

/** What is contested, then recommendations not met; nothing that fails under another column. */
export function othersOf(result: CheckResult): readonly Finding[] {
  const failing = new Set(findingsOf(result, ['fail']).map((it) => it.provision))
  const contested = findingsOf(result, ['contested']).filter((it) => !failing.has(it.provision))
  const shown = new Set([...failing, ...contested.map((it) => it.provision)])
  return [...contested, ...findingsOf(result, ['not-met']).filter((it) => !shown.has(it.provision))]
}

/** In the column that matters most: the first profile, else the baseline. */
export function leadingColumn(result: CheckResult): ColumnKey {
  return profilesOf(result)[0] ?? 'baseline'
}

/** The same sentence in baseline and profile is said once. */
export function mergedReasons(verdicts: readonly ProvisionVerdict[]): readonly Reason[] {
  const bySentence = new Map<string, Reason>()
  for (const reason of verdicts.flatMap((it) => it.reasons)) {
    const known = bySentence.get(reason.text.en)
    const evidence = [...new Set([...(known?.evidence ?? []), ...reason.evidence])]
    bySentence.set(reason.text.en, { text: reason.text, evidence })
  }
  return [...bySentence.values()]
}

function findingsOf(result: CheckResult, wanted: readonly Verdict[]): readonly Finding[] {
  const evidenceById = new Map(result.evidence.map((it) => [it.id, it]))
  const columns = columnsOf(result)
  return result.assessment.provisions.flatMap((provision) => {
    const hits = columns.filter((column) => {
      const verdict = verdictIn(provision, column)?.verdict
      return verdict !== undefined && wanted.includes(verdict)
    })
    if (hits.length === 0) return []
    const reasons = mergedReasons(hits.flatMap((column) => verdictIn(provision, column) ?? []))
    const ids = [...new Set(reasons.flatMap((it) => it.evidence))]
    const evidence = ids.flatMap((id) => evidenceById.get(id) ?? [])
    return [{ provision, columns: hits, reasons, evidence, mending: mendingIn(result.assessment, provision) }]
  })
}
