import type { Claim, ClaimedCondition, DutField, Edition } from '@messlatte/model'
import { isProvision, provisionNumber, supportOf } from '../names.ts'
import { originKey } from '../origins.ts'
import { linePlace, type Problems, WHOLE } from '../problems.ts'
import type { Read } from './ixit.ts'
import { bodyText, cellText, plain, type Section, type TableRow, tableRows } from './lines.ts'

const BULLET = /^\s*[*-]\s+\*\*([^*]+)\*\*:\s*([\s\S]*)$/

/**
 * The ICS table (pipe tables with columns Reference, Support and Detail, in as many sections as one likes), bullets `**Name**: value`
 * that identify the product, a section "Security Context" and a table of conditions.
 */
export function readConformanceStatement(sections: readonly Section[], problems: Problems): Read {
  const ics: Claim[] = []
  const identification: DutField[] = []
  const conditions: ClaimedCondition[] = []
  let securityContext = ''
  let heading: readonly string[] = []
  let hasTable = false
  const edition = editionOf(sections)
  for (const { title, body, line } of sections) {
    if (/^security context$/i.test(title)) securityContext = bodyText(body)
    if (/guide|notation/i.test(title)) continue
    if (!hasTable) identification.push(...fields(title, body, line + 1, problems))
    for (const row of tableRows(body, line + 1)) {
      const found = row.cells.map((cell) => plain(cell).toLowerCase())
      if (found.includes('reference') && found.includes('support')) {
        heading = found
        hasTable = true
        problems.stands('ics', { line: row.line })
      } else if (found[0] === 'condition') heading = found
      else if (heading[0] === 'condition') conditions.push(condition(row, heading))
      else if (heading.length > 0) ics.push(...claim(row, heading, edition, problems))
    }
  }
  if (!hasTable)
    problems.add(WHOLE, {
      en: 'has no ICS table with the columns Reference, Support and Detail',
      de: 'hat keine ICS-Tabelle mit den Spalten Reference, Support und Detail',
    })
  return { edition, claims: { ics, identification, conditions, securityContext } }
}

function fields(
  title: string,
  body: readonly string[],
  firstLine: number,
  problems: Problems,
): readonly DutField[] {
  const section = /metadata/i.test(title) ? 'DUT Identification' : title
  return body.flatMap((line, at) => {
    const [, name, value] = BULLET.exec(line) ?? []
    if (name === undefined || value === undefined) return []
    problems.stands(originKey('dut', name.trim()), { line: firstLine + at })
    return [{ section, name: name.trim(), value: cellText(value) }]
  })
}

function claim(
  { cells, line }: TableRow,
  heading: readonly string[],
  edition: Edition,
  problems: Problems,
): readonly Claim[] {
  const cell = (name: string) => cells[heading.findIndex((one) => one.startsWith(name))] ?? ''
  const reference = cell('reference')
  const provision = provisionNumber(reference)
  if (provision === undefined || !isProvision(edition, provision)) {
    problems.add(linePlace(line), {
      en: `${reference || 'an empty reference'} is no provision of ${edition}`,
      de: `${reference || 'ein leerer Verweis'} ist keine Anforderung von ${edition}`,
    })
    return []
  }
  const support = supportOf(cell('support'))
  if (support === undefined) {
    if (cell('support').trim() !== '')
      problems.add(linePlace(line), {
        en: `${provision}: support must be Y, N or N/A, not ${cell('support').slice(0, 40)}`,
        de: `${provision}: Support muss Y, N oder N/A sein, nicht ${cell('support').slice(0, 40)}`,
      })
    return []
  }
  problems.stands(originKey('ics', provision), { line })
  return [{ provision, support, detail: cell('detail').trim() }]
}

function condition({ cells }: TableRow, heading: readonly string[]): ClaimedCondition {
  const cell = (name: string) => cells[heading.findIndex((one) => one.startsWith(name))] ?? ''
  const support = supportOf(cell('holds'))
  return {
    condition: plain(cell('condition')),
    holds: support === 'Y' ? true : support === 'N' ? false : null,
    detail: cell('detail').trim(),
  }
}

/** 4-1 became 5.0-1: one of the two is in every ICS table. */
function editionOf(sections: readonly Section[]): Edition {
  const rows = sections.flatMap(({ body }) => tableRows(body, 0))
  return rows.some(({ cells }) => cells.some((cell) => provisionNumber(cell) === '4-1'))
    ? 'en303645-2020'
    : 'en303645-v3.1.3'
}
