import type {
  Language,
  PillarResult,
  PillarResults,
  ProfileVerdict,
  ProvisionResult,
  ProvisionVerdict,
  Reason,
  RequirementResult,
} from '@messlatte/model'
import { compareNatural, compareText } from './natural-order.ts'
import { sortedKeys } from './sorting.ts'

export function byProvision(a: ProvisionResult, b: ProvisionResult): number {
  return compareText(a.edition, b.edition) || compareNatural(a.id, b.id)
}

export function provisionJson(provision: ProvisionResult, language: Language) {
  return {
    edition: provision.edition,
    id: provision.id,
    pillar: provision.pillar,
    baseline: { status: provision.baseline.status, ...verdictJson(provision.baseline, language) },
    profiles: Object.fromEntries(
      sortedKeys<ProfileVerdict>(provision.profiles).map(([id, verdict]) => [
        id,
        {
          status: verdict.status,
          sourceStatus: verdict.sourceStatus,
          ...verdictJson(verdict, language),
        },
      ]),
    ),
  }
}

/** In the order of the profile: its numbers need not sort. */
export function requirementJson(
  { profile, id, where, pillar, result, lines }: RequirementResult,
  language: Language,
) {
  return {
    profile,
    id,
    where,
    pillar,
    status: result.status,
    sourceStatus: result.sourceStatus,
    ...verdictJson(result, language),
    lines: lines.map(({ provision, relation, author, confidence, source }) => ({
      provision,
      relation,
      author,
      confidence,
      source,
    })),
  }
}

export function pillarsJson(pillars: PillarResults, language: Language) {
  return {
    secureBoot: pillarJson(pillars.secureBoot, language),
    credentials: pillarJson(pillars.credentials, language),
    updates: pillarJson(pillars.updates, language),
  }
}

function pillarJson(pillar: PillarResult, language: Language) {
  return { verdict: pillar.verdict, reasons: reasonsJson(pillar.reasons, language) }
}

function verdictJson(verdict: ProvisionVerdict, language: Language) {
  return {
    verdict: verdict.verdict,
    reasons: reasonsJson(verdict.reasons, language),
    missing: verdict.missing.map((it) => ({ what: it.what[language], who: it.who, input: it.input })),
  }
}

function reasonsJson(reasons: readonly Reason[], language: Language) {
  return reasons.map((it) => ({ text: it.text[language], evidence: it.evidence }))
}
