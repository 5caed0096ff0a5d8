import type { Claim, IxitTables, StatedTraits, Text } from '@messlatte/model'
import type { CatalogueRule, ProvisionRule } from '../rules.ts'
import { casesOf } from '../test-cases/index.ts'
import { text } from '../text.ts'
import { evaluate } from '../traits/condition.ts'
import { isPlaceholder } from './placeholder.ts'

/** Something in the claims that does not hold together: about the papers, not about the product. */
export interface ClaimFinding {
  /** A provision or an IXIT table. */
  readonly about: string
  readonly text: Text
}

/** What is wrong with claims by themselves, in the order of the standard; then the tables. */
export function checkClaims(
  { edition, provisions }: CatalogueRule,
  claims: readonly Claim[],
  tables: IxitTables,
  traits: StatedTraits,
): readonly ClaimFinding[] {
  const rows = provisions.flatMap((provision) => {
    const claim = claims.find((one) => one.provision === provision.id)
    if (!claim) return [{ about: provision.id, text: NO_ROW }]
    const asked = [...new Set(casesOf(edition, provision.id).flatMap(({ ixit }) => ixit))]
    const empty = asked.filter((table) => (tables[table] ?? []).length === 0)
    return rowFindings(provision, claim, empty, traits).map((found) => ({ about: provision.id, text: found }))
  })
  return [...rows, ...Object.entries(tables).flatMap(([name, entries]) => tableFindings(name, entries))]
}

function rowFindings(
  provision: ProvisionRule,
  { support, detail }: Claim,
  empty: readonly string[],
  traits: StatedTraits,
): readonly Text[] {
  const applies = provision.condition ? evaluate(provision.condition, (trait) => traits[trait] ?? null) : true
  const bare = detail.trim() === '' || isPlaceholder(detail)
  return [
    ...(support === 'N/A' && !provision.condition ? [NO_CONDITION] : []),
    ...(support === 'N/A' && provision.condition && applies === true ? [CONDITION_HOLDS] : []),
    ...(support !== 'N/A' && applies === false ? [CONDITION_FAILS] : []),
    ...(support === 'N' && provision.status === 'M' && applies !== false ? [MANDATORY_NO] : []),
    ...(bare
      ? [support === 'Y' ? NO_MEASURES : provision.status === 'R' ? NO_JUSTIFICATION : NO_REASON]
      : []),
    ...(support === 'Y' && empty.length > 0
      ? [
          text(
            `Support is claimed, and these IXIT tables that the test cases need are empty: ${empty.join(', ')}`,
            `Unterstützung ist angegeben, und diese von den Prüffällen gebrauchten IXIT-Tabellen sind leer: ${empty.join(', ')}`,
          ),
        ]
      : []),
  ]
}

function tableFindings(
  name: string,
  entries: readonly Readonly<Record<string, string>>[],
): readonly ClaimFinding[] {
  const ids = entries.flatMap(({ ID }) => ID ?? [])
  const twice = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))]
  const vague = entries.flatMap((entry) =>
    Object.entries(entry)
      .filter(([, value]) => value.trim() === '' || isPlaceholder(value))
      .map(([field]) => `${entry.ID ?? name}: ${field}`),
  )
  return [
    ...twice.map((id) => ({
      about: name,
      text: text(`Two entries are called ${id}`, `Zwei Einträge heißen ${id}`),
    })),
    ...vague.map((where) => ({
      about: name,
      text: text(`Empty, or a placeholder: ${where}`, `Leer oder ein Platzhalter: ${where}`),
    })),
  ]
}

const NO_ROW = text('No row in the ICS table', 'Keine Zeile in der ICS-Tabelle')
const NO_CONDITION = text(
  'N/A, and the provision has no condition that allows it',
  'N/A, und die Anforderung hat keine Bedingung, die das erlaubt',
)
const CONDITION_HOLDS = text(
  'N/A, and by the answers about the product its condition holds',
  'N/A, und nach den Antworten zum Produkt trifft ihre Bedingung zu',
)
const CONDITION_FAILS = text(
  'Y or N, and by the answers about the product its condition does not hold',
  'Y oder N, und nach den Antworten zum Produkt trifft ihre Bedingung nicht zu',
)
const MANDATORY_NO = text(
  'A mandatory provision is declared N',
  'Eine verpflichtende Anforderung ist mit N angegeben',
)
const NO_MEASURES = text('Y without the measures', 'Y ohne die Maßnahmen')
const NO_JUSTIFICATION = text('A recommendation without justification', 'Eine Empfehlung ohne Begründung')
const NO_REASON = text('N or N/A without a reason', 'N oder N/A ohne Grund')
