import type { Claim, ClaimSet, StatedTraits } from '@messlatte/model'
import type { CatalogueRule, ProvisionRule } from '../rules.ts'
import { casesOf } from '../test-cases/index.ts'
import { text } from '../text.ts'
import { evaluate } from '../traits/condition.ts'
import type { ClaimFinding } from './finding.ts'
import { isPlaceholder } from './placeholder.ts'

/** What is wrong with the rows of the ICS table by themselves, in the order of the standard. */
export function checkRows(
  { edition, provisions }: CatalogueRule,
  { ics, groups, tables }: ClaimSet,
  traits: StatedTraits,
): readonly ClaimFinding[] {
  const justifies = provisions[0]?.id ?? ''
  // Who hands in a self-assessment alone is told once that the ICS table is missing, not for each of its rows.
  if (ics.length === 0 && groups.length > 0)
    return [{ code: 'missing', about: 'ICS', text: NO_ICS }, ...withoutGroup()]
  return provisions.flatMap((provision) => {
    const claim = ics.find((one) => one.provision === provision.id)
    if (!claim) return [{ code: 'missing' as const, about: provision.id, text: NO_ROW }]
    const asked = [...new Set(casesOf(edition, provision.id).flatMap(({ ixit }) => ixit))]
    const empty = asked.filter((table) => (tables[table] ?? []).length === 0)
    return rowFindings(provision, claim, empty, traits, justifies).map((found) => ({
      about: provision.id,
      ...found,
    }))
  })

  function withoutGroup(): readonly ClaimFinding[] {
    const left = provisions
      .filter(({ id }) => !groups.some((one) => one.provision === id))
      .map(({ id }) => id)
    if (left.length === 0) return []
    return [
      {
        code: 'missing',
        about: 'ICS',
        text: text(
          `Neither a row nor a test group for ${left.length} provisions: ${left.join(', ')}`,
          `Weder Zeile noch Prüfgruppe zu ${left.length} Anforderungen: ${left.join(', ')}`,
        ),
      },
    ]
  }
}

type RowFinding = Omit<ClaimFinding, 'about'>

function rowFindings(
  provision: ProvisionRule,
  { support, detail }: Claim,
  empty: readonly string[],
  traits: StatedTraits,
  justifies: string,
): readonly RowFinding[] {
  const applies = provision.condition ? evaluate(provision.condition, (trait) => traits[trait] ?? null) : true
  const bare = detail.trim() === '' || isPlaceholder(detail)
  return [
    ...(support === 'N/A' && !provision.condition ? [NO_CONDITION] : []),
    ...(support === 'N/A' && provision.condition && applies === true ? [CONDITION_HOLDS] : []),
    ...(support !== 'N/A' && applies === false ? [CONDITION_FAILS] : []),
    ...(support === 'N' && provision.status === 'M' && applies !== false ? [MANDATORY_NO] : []),
    ...(bare ? [withoutReason(support, provision, justifies)] : []),
    ...(support === 'Y' && empty.length > 0
      ? [
          {
            code: 'missing' as const,
            text: text(
              `Support is claimed, and these IXIT tables that the test cases need are empty: ${empty.join(', ')}`,
              `Unterstützung ist angegeben, und diese von den Prüffällen gebrauchten IXIT-Tabellen sind leer: ${empty.join(', ')}`,
            ),
          },
        ]
      : []),
  ]
}

/** The first provision of an edition asks for a justification in this very table: one that is missing is what its test case looks at. */
function withoutReason(support: Claim['support'], { status }: ProvisionRule, justifies: string): RowFinding {
  if (support === 'Y') return { code: 'without-reason', text: NO_MEASURES }
  if (status === 'R') return { code: 'without-reason', text: NO_JUSTIFICATION, fails: [justifies] }
  return { code: 'without-reason', text: NO_REASON }
}

const NO_ICS = text(
  'No ICS table was handed in: what is claimed is taken from the self-assessment of test groups',
  'Es wurde keine ICS-Tabelle eingereicht: Was angegeben ist, stammt aus der Selbstbewertung der Prüfgruppen',
)
const NO_ROW = text('Neither Y, N nor N/A in the ICS table', 'Weder Y, N noch N/A in der ICS-Tabelle')
const NO_CONDITION: RowFinding = {
  code: 'not-allowed',
  text: text(
    'N/A, and the provision has no condition that allows it',
    'N/A, und die Anforderung hat keine Bedingung, die das erlaubt',
  ),
}
const CONDITION_HOLDS: RowFinding = {
  code: 'contradiction',
  text: text(
    'N/A, and by the answers about the product its condition holds',
    'N/A, und nach den Antworten zum Produkt trifft ihre Bedingung zu',
  ),
}
const CONDITION_FAILS: RowFinding = {
  code: 'contradiction',
  text: text(
    'Y or N, and by the answers about the product its condition does not hold',
    'Y oder N, und nach den Antworten zum Produkt trifft ihre Bedingung nicht zu',
  ),
}
const MANDATORY_NO: RowFinding = {
  code: 'mandatory-not-supported',
  text: text('A mandatory provision is declared N', 'Eine verpflichtende Anforderung ist mit N angegeben'),
}
const NO_MEASURES = text('Y without the measures', 'Y ohne die Maßnahmen')
const NO_JUSTIFICATION = text('A recommendation without justification', 'Eine Empfehlung ohne Begründung')
const NO_REASON = text('N or N/A without a reason', 'N oder N/A ohne Grund')
