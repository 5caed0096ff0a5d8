import { CATALOGUES } from '@messlatte/conformity'
import type {
  ClaimedCondition,
  ClaimSet,
  DutField,
  Edition,
  Language,
  SelfAssessedGroup,
  TableSummary,
} from '@messlatte/model'
import { groupsOf, identificationOf, summariesOf } from '../claims/json.ts'
import { ordered } from '../claims/part.ts'
import { readFields } from '../json/fields.ts'

/** `dut.json`: DUT Identification, Security Context and Conditions of the pro forma. Throws FileProblems. */
export function readDutFile(
  name: string,
  text: string,
): {
  readonly identification: readonly DutField[]
  readonly securityContext: string
  readonly conditions: readonly ClaimedCondition[]
} {
  return readFields(name, text, (root) =>
    identificationOf(root.object(['identification', 'securityContext', 'conditions'])),
  )
}

/** `self-assessment.json`: the supplier's own verdicts on test groups, and the summaries in its tables. Throws FileProblems. */
export function readSelfAssessmentFile(
  name: string,
  text: string,
  edition: Edition,
): { readonly groups: readonly SelfAssessedGroup[]; readonly summaries: readonly TableSummary[] } {
  return readFields(name, text, (root) => {
    const { groups, summaries } = root.object(['groups', 'summaries'])
    return { groups: groupsOf(groups, edition), summaries: summariesOf(summaries) }
  })
}

/** The files of a project folder that hold claims, by name. */
export function projectClaimFiles(claims: ClaimSet, language: Language): Readonly<Record<string, string>> {
  const { edition, identification, securityContext, conditions, ics, tables, groups, summaries } =
    ordered(claims)
  return {
    'ics.json': icsFile(edition, ics, language),
    'ixit.json': json(tables),
    'dut.json': json({ identification, securityContext, conditions }),
    'self-assessment.json': json({ groups, summaries }),
  }
}

/** One row for each provision, filled in or not. */
export function icsFile(edition: Edition, claims: ClaimSet['ics'], language: Language): string {
  return json({
    edition,
    rows: Object.fromEntries(
      CATALOGUES[edition].provisions.map(({ id, title }) => {
        const claim = claims.find(({ provision }) => provision === id)
        return [id, { asks: title[language], support: claim?.support ?? null, detail: claim?.detail ?? '' }]
      }),
    ),
  })
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
