import { CATALOGUES, IXIT_TABLES } from '@messlatte/conformity'
import type {
  Edition,
  SelfAssessedCase,
  SelfAssessedGroup,
  SelfAssessedUnit,
  TestVerdict,
} from '@messlatte/model'
import { isProvision, provisionNumber, verdictOf } from '../names.ts'
import { originKey } from '../origins.ts'
import { linePlace, type Problems } from '../problems.ts'
import type { Read } from './ixit.ts'
import { plain, type Section, tableRows } from './lines.ts'

const CASE = /^(?:summary matrix for )?test case\s+(\S+?):?(?:\s*\([^)]*\))?$/i
const UNIT = /^test units?\s+([a-z](?:\s*(?:&|,|and|-)\s*[a-z])*)\s*(?::|$)/i
/** `**Verdict**: **PASS**`, `* **Unit A Verdict**: **FAIL (why)**`. */
const VERDICT = /^\s*(?:[*-]\s+)?\*\*([^*]{0,60}?)\s*Verdict\*\*:\s*([\s\S]*)$/i
const ROW_OF_UNIT = /^(?:(\S+-\d+)\s+)?unit\s+([a-z])$/i
const NAMED = new RegExp(
  `\\b(?:${[...new Set(Object.values(IXIT_TABLES).flatMap((tables) => tables.map(({ name }) => name.replace(/^\d+-/, ''))))].join('|')})-[A-Z0-9][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*`,
  'g',
)
const MOST_NAMES = 2000

type Units = Map<string, TestVerdict>

/** A maker's own assessment of one test group: what it says of units, cases and the group, wherever the verdicts stand. */
export function readGroup(number: string, sections: readonly Section[], problems: Problems): Read {
  const provision = provisionNumber(number)
  const edition = provision === undefined ? undefined : editionOf(provision)
  const top = sections.find(({ level }) => level > 0)
  if (provision === undefined || edition === undefined) {
    problems.add(linePlace(top?.line ?? 1), {
      en: `${number} is no provision of EN 303 645`,
      de: `${number} ist keine Anforderung der EN 303 645`,
    })
    return { edition: null, claims: {} }
  }
  problems.stands(originKey('group', provision), { line: top?.line ?? 1 })
  const cases = new Map<string, { verdict: TestVerdict | null; units: Units }>()
  let inCase: string | undefined
  let inUnits: readonly string[] = []
  let group: { verdict: TestVerdict; note: string } | undefined
  for (const { level, title, line, body } of sections) {
    const id = CASE.exec(title)?.[1]
    if (id !== undefined) {
      if (!id.startsWith(`${provision}-`))
        problems.add(linePlace(line), {
          en: `test case ${id} is none of group ${provision}`,
          de: `Prüffall ${id} gehört nicht zur Gruppe ${provision}`,
        })
      inCase = id
      cases.set(id, cases.get(id) ?? { verdict: null, units: new Map() })
    } else if (level <= 2) inCase = undefined
    inUnits = unitsOf(title)
    const units = inCase === undefined ? undefined : cases.get(inCase)?.units
    for (const { cells } of tableRows(body, line + 1)) rowVerdict(cells, inCase, cases)
    for (const [at, text] of body.entries()) {
      const [, label = '', said = ''] = VERDICT.exec(text) ?? []
      if (said === '') continue
      const found = verdictOf(said) ?? verdictOf(`${said.trim()} ${body[at + 1]?.trim() ?? ''}`)
      if (!found)
        problems.add(linePlace(line + 1 + at), {
          en: `is no verdict: ${said.slice(0, 60)}`,
          de: `ist kein Urteil: ${said.slice(0, 60)}`,
        })
      else if (/^group/i.test(label)) group = found
      else if (inCase !== undefined && units) {
        const named = /^unit\s+([a-z])$/i.exec(label)?.[1]?.toLowerCase()
        const touched = named === undefined ? (/^test case/i.test(label) ? [] : inUnits) : [named]
        for (const unit of touched) note(units, unit, found.verdict)
        const whole = cases.get(inCase)
        if (touched.length === 0 && whole) whole.verdict = found.verdict
      }
    }
  }
  const text = sections.map(({ title, body }) => `${title}\n${body.join('\n')}`).join('\n')
  return {
    edition: onlyIn(provision),
    claims: {
      groups: [
        {
          provision,
          title: (top?.title ?? '').replace(/^test group\s+\S+\s*/i, ''),
          ...stated(text),
          cases: [...cases].map(
            ([id, { verdict, units }]): SelfAssessedCase => ({
              id,
              verdict,
              units: [...units].map(([unit, given]): SelfAssessedUnit => ({ unit, verdict: given })),
            }),
          ),
          verdict: group?.verdict ?? null,
          note: group?.note ?? '',
          names: [...new Set(text.match(NAMED) ?? [])].sort().slice(0, MOST_NAMES),
        } satisfies SelfAssessedGroup,
      ],
    },
  }
}

/** `Test Unit A & B: …` */
function unitsOf(title: string): readonly string[] {
  return (UNIT.exec(title)?.[1] ?? '').toLowerCase().match(/\b[a-z]\b/g) ?? []
}

/** A row `Unit a | … | PASS`, or `5.7-1-2 Unit a` in a summary. */
function rowVerdict(
  cells: readonly string[],
  inCase: string | undefined,
  cases: ReadonlyMap<string, { units: Units }>,
): void {
  const [, id, unit] = ROW_OF_UNIT.exec(plain(cells[0] ?? '')) ?? []
  const found = verdictOf(cells.at(-1) ?? '')
  const units = cases.get(id ?? inCase ?? '')?.units
  if (units && unit !== undefined && found) note(units, unit.toLowerCase(), found.verdict)
}

/** Where a unit is judged twice the worse counts. */
function note(units: Units, unit: string, verdict: TestVerdict): void {
  const before = units.get(unit)
  const order: readonly TestVerdict[] = ['fail', 'inconclusive', 'pass', 'n/a']
  if (before === undefined || order.indexOf(verdict) < order.indexOf(before)) units.set(unit, verdict)
}

function stated(text: string): Pick<SelfAssessedGroup, 'status' | 'tables'> {
  const status = /\bStatus:\s*\*\*([^*]{1,40})\*\*/.exec(text)?.[1]?.trim() ?? ''
  const related = /\bRelated IXIT:([^#]{0,600}?)\.\s*\n/.exec(text)?.[1] ?? ''
  return {
    status,
    tables: [...related.matchAll(/IXIT\s+(\d{1,2}-[A-Za-z]+)/g)].map(([, name]) => name as string),
  }
}

function editionOf(provision: string): Edition | undefined {
  return (Object.keys(CATALOGUES) as Edition[]).findLast((edition) => isProvision(edition, provision))
}

/** The edition that alone has this provision, or null where several have it. */
function onlyIn(provision: string): Edition | null {
  const editions = (Object.keys(CATALOGUES) as Edition[]).filter((edition) => isProvision(edition, provision))
  return editions.length === 1 ? (editions[0] as Edition) : null
}
