import type { CaseRef, Evidence, Json, Language, ProvisionRef } from '@messlatte/model'
import { compareNatural, compareText } from './natural-order.ts'
import { sorted, sortedKeys } from './sorting.ts'
import { translationJson } from './told.ts'

/** By place, so that what lies together in the image stands together. */
export function evidenceJson(evidence: readonly Evidence[], language: Language) {
  return sorted(evidence, byPlace).map((it) => ({
    id: it.id,
    check: it.check,
    checkVersion: it.checkVersion,
    provisions: sorted(it.provisions, byEdition).map(({ edition, id }) => ({ edition, id })),
    cases: sorted(it.cases, bySpec).map(({ spec, id }) => ({ spec, id })),
    polarity: it.polarity,
    kind: it.kind,
    ...(it.level === undefined ? {} : { level: it.level }),
    path: it.path,
    offset: it.offset,
    length: it.length,
    sha256: it.sha256,
    title: it.title[language],
    observation: canonical(it.observation),
    confidence: { grade: it.confidence.grade, reason: it.confidence.reason[language] },
    ...(it.overturnedBy === undefined ? {} : { overturnedBy: it.overturnedBy[language] }),
    translation: translationJson(it, language),
  }))
}

function byPlace(a: Evidence, b: Evidence): number {
  return (
    compareText(a.path, b.path) ||
    a.offset - b.offset ||
    compareText(a.kind, b.kind) ||
    compareText(a.id, b.id)
  )
}

function byEdition(a: ProvisionRef, b: ProvisionRef): number {
  return compareText(a.edition, b.edition) || compareNatural(a.id, b.id)
}

function bySpec(a: CaseRef, b: CaseRef): number {
  return compareText(a.spec, b.spec) || compareNatural(a.id, b.id)
}

function canonical(value: Json): Json {
  if (isList(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(sortedKeys(value).map(([key, inner]) => [key, canonical(inner)]))
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
