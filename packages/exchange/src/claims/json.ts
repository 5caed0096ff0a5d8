import { CATALOGUES } from '@messlatte/conformity'
import type {
  Claim,
  ClaimedCondition,
  ClaimSet,
  DutField,
  Edition,
  IxitTables,
  SelfAssessedGroup,
  TableSummary,
  TestVerdict,
} from '@messlatte/model'
import { type Field, FileProblems, readFields } from '../json/fields.ts'
import { isProvision } from './names.ts'
import { type ClaimPart, ordered } from './part.ts'
import { linePlace } from './problems.ts'

export const CLAIMS_SCHEMA_ID = 'urn:messlatte:claims:1'

const EDITIONS = Object.keys(CATALOGUES) as readonly Edition[]
const VERDICTS: readonly TestVerdict[] = ['pass', 'fail', 'inconclusive', 'n/a']

/** A whole set of claims as one file. */
export function writeClaimsJson(claims: ClaimSet): string {
  return `${JSON.stringify({ schema: CLAIMS_SCHEMA_ID, ...ordered(claims) }, null, 2)}\n`
}

/** Undefined for JSON that is something else. */
export function readClaimsJson(file: string, text: string): ClaimPart | undefined {
  if (!text.slice(0, 2000).includes(CLAIMS_SCHEMA_ID)) return undefined
  try {
    const { edition, ...claims } = readFields(file, text, (root) => {
      const field = root.object([
        'schema',
        'edition',
        'identification',
        'securityContext',
        'conditions',
        'ics',
        'tables',
        'groups',
        'summaries',
      ])
      field.schema.oneOf([CLAIMS_SCHEMA_ID])
      const edition = field.edition.oneOf(EDITIONS)
      return {
        edition,
        ...identificationOf(field),
        ics: field.ics.list((row) => claimOf(row, edition)),
        tables: tablesOf(field.tables),
        groups: groupsOf(field.groups, edition),
        summaries: summariesOf(field.summaries),
      }
    })
    return { file, edition, claims, problems: [] }
  } catch (error) {
    if (!(error instanceof FileProblems)) throw error
    const problems = error.problems.map(({ line, field, message }) => ({
      file,
      place: linePlace(line),
      message: {
        en: field === '' ? message.en : `${field}: ${message.en}`,
        de: field === '' ? message.de : `${field}: ${message.de}`,
      },
    }))
    return { file, edition: null, claims: {}, problems }
  }
}

function claimOf(row: Field, edition: Edition): Claim {
  const { provision, support, detail } = row.object(['provision', 'support', 'detail'])
  return {
    provision: provisionOf(provision, edition),
    support: support.oneOf(['Y', 'N', 'N/A']),
    detail: detail.plain(),
  }
}

function provisionOf(field: Field, edition: Edition): string {
  const id = field.string()
  if (!isProvision(edition, id))
    field.problem({ en: `is no provision of ${edition}`, de: `ist keine Anforderung von ${edition}` })
  return id
}

/** What identifies the product: three fields of one object. */
export function identificationOf(
  field: Readonly<Record<'identification' | 'securityContext' | 'conditions', Field>>,
): {
  readonly identification: readonly DutField[]
  readonly securityContext: string
  readonly conditions: readonly ClaimedCondition[]
} {
  return {
    identification: field.identification.list((one) => {
      const { section, name, value } = one.object(['section', 'name', 'value'])
      return { section: section.plain(), name: name.string(), value: value.plain() }
    }),
    securityContext: field.securityContext.exists ? field.securityContext.plain() : '',
    conditions: field.conditions.list((one) => {
      const { condition, holds, detail } = one.object(['condition', 'holds', 'detail'])
      return {
        condition: condition.string(),
        holds: holds.exists ? holds.boolean() : null,
        detail: detail.exists ? detail.plain() : '',
      }
    }),
  }
}

/** Tables by name (`20-SecBoot`), each a list of entries with fields as texts. */
export function tablesOf(field: Field): IxitTables {
  return Object.fromEntries(
    field.entries().map(([table, rows]) => {
      if (!/^(?:[1-9]|1\d|2\d)-[A-Za-z]+$/.test(table))
        rows.problem({
          en: 'is no IXIT table such as 20-SecBoot',
          de: 'ist keine IXIT-Tabelle wie 20-SecBoot',
        })
      return [
        table,
        rows.list((entry) => Object.fromEntries(entry.entries().map(([key, value]) => [key, value.plain()]))),
      ]
    }),
  )
}

export function groupsOf(field: Field, edition: Edition): readonly SelfAssessedGroup[] {
  return field.list((one) => {
    const group = one.object(['provision', 'title', 'status', 'tables', 'cases', 'verdict', 'note', 'names'])
    return {
      provision: provisionOf(group.provision, edition),
      title: group.title.plain(),
      status: group.status.plain(),
      tables: group.tables.list((table) => table.string()),
      cases: group.cases.list((item) => {
        const { id, verdict, units } = item.object(['id', 'verdict', 'units'])
        return {
          id: id.string(),
          verdict: verdict.exists ? verdict.oneOf(VERDICTS) : null,
          units: units.list((unit) => {
            const given = unit.object(['unit', 'verdict'])
            return {
              unit: given.unit.matching(/^[a-z]$/, { en: 'a letter', de: 'ein Buchstabe' }),
              verdict: given.verdict.oneOf(VERDICTS),
            }
          }),
        }
      }),
      verdict: group.verdict.exists ? group.verdict.oneOf(VERDICTS) : null,
      note: group.note.plain(),
      names: group.names.list((name) => name.string()),
    }
  })
}

export function summariesOf(field: Field): readonly TableSummary[] {
  return field.list((one) => {
    const { table, id, text } = one.object(['table', 'id', 'text'])
    return { table: table.string(), id: id.plain(), text: text.plain() }
  })
}
