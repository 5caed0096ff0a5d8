import type { Assessment, CheckResult, Evidence, Language } from '@messlatte/model'
import { compareText } from '../result/natural-order.ts'
import { sorted } from '../result/sorting.ts'
import { evidenceResult, isBlind, sarifText } from './log.ts'

/**
 * A check's findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), for code hosts and editors: one result for each
 * piece of evidence against, and a note for each part that could not be looked into. What decides a fail or a
 * contradiction is an error, the rest a warning. Nothing here says that anything is met.
 */
export function writeSarif(result: CheckResult, language: Language): string {
  const told = toldEvidence(result.evidence)
  const deciding = decidingIds(result.assessment)
  return sarifText({
    tool: result.tool,
    language,
    rules: evidenceRules(told),
    images: result.images,
    results: told.map((evidence) => evidenceResult(evidence, deciding, language)),
    partial: result.unpacked.partial,
    asOf: result.assessment.asOf,
  })
}

/** Evidence against and blind spots, by their place. */
export function toldEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  return sorted(
    evidence.filter(({ polarity, kind }) => polarity === 'against' || isBlind(kind)),
    (a, b) => compareText(a.path, b.path) || a.offset - b.offset || compareText(a.id, b.id),
  )
}

export function evidenceRules(told: readonly Evidence[]): ReadonlyMap<string, string> {
  const kinds = [...new Set(told.map(({ kind }) => kind))].sort(compareText)
  return new Map(kinds.map((kind) => [kind, `messlatte explain ${kind}`]))
}

/** Evidence on which a fail or a contradiction rests, under whatever rule. */
export function decidingIds({ provisions, requirements }: Assessment): ReadonlySet<string> {
  const verdicts = [
    ...provisions.flatMap(({ baseline, profiles }) => [baseline, ...Object.values(profiles)]),
    ...requirements.map(({ result }) => result),
  ]
  const bad = verdicts.filter(({ verdict }) => verdict === 'fail' || verdict === 'contested')
  return new Set(bad.flatMap(({ reasons }) => reasons.flatMap(({ evidence }) => evidence)))
}
