import { ixitTable } from '@messlatte/conformity'
import type {
  Claim,
  ClaimedCondition,
  DutField,
  Edition,
  IxitEntry,
  IxitTables,
  SelfAssessedGroup,
  TableSummary,
  TestVerdict,
} from '@messlatte/model'
import type { WorkbookSheet } from '../../xlsx/read-workbook.ts'
import { fieldName, isProvision, knownField, provisionNumber, supportOf } from '../names.ts'
import { originKey } from '../origins.ts'
import { type ClaimPart, editionOfTable } from '../part.ts'
import { Problems, WHOLE } from '../problems.ts'
import { Grid } from './grid.ts'
import { GO_TO_ICS, IDENTIFICATION, SEPARATOR, SHEETS } from './layout.ts'

const TABLE = /^([1-9]|1\d|2\d)-[A-Za-z]+$/
/** Headings of columns stand within so many rows. */
const MOST_HEAD = 40

/**
 * What a workbook in the laboratories' layout claims. Sheets that it does not know are left alone; what stands in a known one and
 * cannot be understood is a problem with its cell.
 * @param wanted the edition, where it is known from elsewhere
 */
export function readClaimsWorkbook(
  file: string,
  sheets: readonly WorkbookSheet[],
  wanted: Edition | null = null,
): ClaimPart {
  const problems = new Problems(file)
  const told = wanted ?? editionOf(sheets)
  const edition = told ?? 'en303645-v3.1.3'
  const grid = (name: string) => {
    const sheet = sheets.find((one) => one.name.trim().toLowerCase() === name.toLowerCase())
    return sheet && new Grid(sheet, problems)
  }
  const known = sheets.filter(
    ({ name }) => TABLE.test(name.trim()) || Object.values(SHEETS).some((one) => one === name.trim()),
  )
  if (known.length === 0)
    problems.add(WHOLE, {
      en: `has no sheet ${SHEETS.ics} and none of an IXIT table; its sheets: ${namesOf(sheets)}`,
      de: `hat kein Blatt ${SHEETS.ics} und keines einer IXIT-Tabelle; seine Blätter: ${namesOf(sheets)}`,
    })
  return {
    file,
    edition: told,
    claims: {
      identification: identification(grid(SHEETS.identification)),
      securityContext: context(grid(SHEETS.context)),
      conditions: conditions(grid(SHEETS.conditions)),
      ics: ics(grid(SHEETS.ics), edition),
      tables: tables(sheets, edition, problems),
      groups: groups(grid(SHEETS.groups), edition),
      summaries: summaries(grid(SHEETS.summaries)),
    },
    problems: problems.list,
    origins: problems.origins,
  }
}

function namesOf(sheets: readonly WorkbookSheet[]): string {
  return sheets
    .map(({ name }) => name)
    .join(', ')
    .slice(0, 300)
}

/** By tables that were renamed or split, else by the first provision, whose number changed. */
function editionOf(sheets: readonly WorkbookSheet[]): Edition | null {
  const byTable = sheets.flatMap(({ name }) => editionOfTable(name.trim()) ?? [])[0]
  if (byTable) return byTable
  const numbers = sheets
    .filter(({ name }) => name.trim() === SHEETS.ics)
    .flatMap(({ rows }) =>
      rows.flatMap(({ cells }) => cells.flatMap(({ text }) => provisionNumber(text) ?? [])),
    )
  if (numbers.includes('4-1')) return 'en303645-2020'
  return numbers.includes('5.0-1') ? 'en303645-v3.1.3' : null
}

function tables(sheets: readonly WorkbookSheet[], edition: Edition, problems: Problems): IxitTables {
  return Object.fromEntries(
    sheets.flatMap((sheet): [string, readonly IxitEntry[]][] => {
      const name = sheet.name.trim()
      if (!TABLE.test(name)) return []
      const known = ixitTable(edition, name)
      const grid = new Grid(sheet, problems)
      if (!known) {
        grid.problem(1, 0, { en: `is no table of ${edition}`, de: `ist keine Tabelle von ${edition}` })
        return []
      }
      grid.stands(known.name, 1, -1)
      const entries = known.form ? form(grid, edition, known.name) : list(grid, edition, known.name)
      return entries.length > 0 ? [[known.name, entries]] : []
    }),
  )
}

/** Columns with headings, one row an entry; or blocks, where each heading ID begins an entry. */
function list(grid: Grid, edition: Edition, table: string): readonly IxitEntry[] {
  const head = grid.rows
    .slice(0, MOST_HEAD)
    .find(({ cells }) => cells.some(({ text }) => fieldName(text) === 'ID'))
  const isColumns = (head?.cells.filter(({ text }) => fieldName(text) !== GO_TO_ICS).length ?? 0) > 1
  if (!head || !isColumns) return blocks(grid, edition, table)
  const columns = head.cells
    .filter(({ text }) => fieldName(text) !== GO_TO_ICS)
    .map(({ column, text }) => ({ column, field: knownField(edition, table, text) }))
  const idAt = columns.find(({ field }) => field === 'ID')?.column as number
  const entries: IxitEntry[] = []
  for (const { number, cells } of grid.rows.filter((row) => row.number > head.number)) {
    const at = (column: number) => cells.find((cell) => cell.column === column)?.text ?? ''
    const filled = columns.filter(({ column }) => at(column).trim() !== '')
    // Titles, and the notes and headings that the form repeats above each entry.
    if (
      filled.length === 0 ||
      (filled.length > 1 &&
        filled.every(({ column, field }) => knownField(edition, table, at(column)) === field)) ||
      at(idAt).startsWith('Unique per IXIT identifier')
    )
      continue
    if (at(idAt).trim() === '') {
      grid.problem(number, idAt, { en: 'an entry without an ID', de: 'ein Eintrag ohne ID' })
      continue
    }
    if (entries.some(({ ID }) => ID === at(idAt)))
      grid.problem(number, idAt, { en: `a second entry ${at(idAt)}`, de: `ein zweiter Eintrag ${at(idAt)}` })
    grid.stands(originKey(table, at(idAt)), number, idAt)
    for (const { column, field } of columns) grid.stands(originKey(table, at(idAt), field), number, column)
    entries.push(Object.fromEntries(filled.map(({ column, field }) => [field, at(column)])))
  }
  return entries
}

function form(grid: Grid, edition: Edition, table: string): readonly IxitEntry[] {
  const fields = fieldBlocks(grid).map(({ name, value, row }) => {
    const field = knownField(edition, table, name)
    grid.stands(originKey(table, '', field), row, 1)
    return [field, value] as const
  })
  const filled = fields.filter(([, value]) => value !== '')
  return filled.length > 0 ? [Object.fromEntries(filled)] : []
}

function blocks(grid: Grid, edition: Edition, table: string): readonly IxitEntry[] {
  const entries: Record<string, string>[] = []
  for (const { name, value, row } of fieldBlocks(grid)) {
    const field = knownField(edition, table, name)
    if (field === 'ID' && value !== '') {
      grid.stands(originKey(table, value), row, 1)
      entries.push({ ID: value })
    } else if (value !== '') {
      const entry = entries.at(-1)
      if (entry) {
        grid.stands(originKey(table, entry.ID ?? '', field), row, 1)
        entry[field] = value
      } else grid.problem(row, 1, { en: 'a field before the first ID', de: 'ein Feld vor der ersten ID' })
    }
  }
  return entries
}

interface FieldBlock {
  readonly name: string
  readonly value: string
  readonly row: number
}

/** Blocks apart by empty rows: notes, then `Field:`, then its value, all in column B (or the value beside, in C). */
function fieldBlocks(grid: Grid): readonly FieldBlock[] {
  const found: FieldBlock[] = []
  let last = 0
  let field: { name: string; row: number } | undefined
  for (const { number, cells } of grid.rows) {
    if (number > last + 1) field = undefined
    last = number
    const [text, beside] = [1, 2].map((column) => cells.find((cell) => cell.column === column)?.text ?? '')
    if (text === undefined || text === '') continue
    if (field) {
      found.push({ ...field, value: text })
      field = undefined
    } else if (text.trimEnd().endsWith(':')) {
      const name = fieldName(text)
      if (beside) found.push({ name, row: number, value: beside })
      else field = { name, row: number }
    }
  }
  return found
}

function ics(grid: Grid | undefined, edition: Edition): readonly Claim[] {
  const head = grid?.headings(['reference', 'support'], MOST_HEAD)
  if (!grid || !head) {
    grid?.problem(1, 0, {
      en: 'has no row of headings with Reference and Support',
      de: 'hat keine Kopfzeile mit Reference und Support',
    })
    return []
  }
  grid.stands('ics', 1, -1)
  const claims: Claim[] = []
  for (const row of head.rows) {
    const reference = head.text(row, 'reference')
    const provision = provisionNumber(reference)
    // Titles of clauses have no number of a provision.
    if (provision === undefined && head.text(row, 'support').trim() === '') continue
    if (provision === undefined || !isProvision(edition, provision)) {
      grid.problem(row.number, head.column('reference'), {
        en: `${reference.slice(0, 40) || 'an empty reference'} is no provision of ${edition}`,
        de: `${reference.slice(0, 40) || 'ein leerer Verweis'} ist keine Anforderung von ${edition}`,
      })
      continue
    }
    const cell = head.text(row, 'support')
    const support = supportOf(cell)
    const detail = head.text(row, 'detail')
    if (support !== undefined) {
      if (claims.some((one) => one.provision === provision))
        grid.problem(row.number, head.column('reference'), {
          en: `a second row of ${provision}`,
          de: `eine zweite Zeile zu ${provision}`,
        })
      grid.stands(originKey('ics', provision), row.number, head.column('support'))
      claims.push({ provision, support, detail })
    } else if (cell.trim() !== '')
      grid.problem(row.number, head.column('support'), {
        en: `support must be Y, N or N/A, not ${cell.slice(0, 40)}`,
        de: `Support muss Y, N oder N/A sein, nicht ${cell.slice(0, 40)}`,
      })
    else if (detail.trim() !== '')
      grid.problem(row.number, head.column('support'), {
        en: `support of ${provision} is missing, and there is a detail`,
        de: `Support von ${provision} fehlt, und es gibt ein Detail`,
      })
  }
  return claims
}

const DUT_FIELDS = IDENTIFICATION.flatMap(([, names]) => names.map((name) => name.toLowerCase()))

/** A heading in column A; below it `Field:` and its value in column B; what follows is a note of the form. */
function identification(grid: Grid | undefined): readonly DutField[] {
  const found: DutField[] = []
  let section = ''
  let name: string | undefined
  let last = 0
  for (const { number, cells } of grid?.rows ?? []) {
    if (number > last + 1) name = undefined
    last = number
    const [heading, text] = [0, 1].map((column) => cells.find((cell) => cell.column === column)?.text ?? '')
    if (heading) {
      section = heading.trim()
      name = undefined
    }
    if (!text) continue
    const isField =
      text.trimEnd().endsWith(':') &&
      (name === undefined || DUT_FIELDS.includes(fieldName(text).toLowerCase()))
    if (isField) name = fieldName(text)
    else if (name !== undefined) {
      grid?.stands(originKey('dut', name), number, 1)
      found.push({ section, name, value: text })
      name = undefined
    }
  }
  return found
}

function context(grid: Grid | undefined): string {
  const texts =
    grid?.rows.flatMap(({ cells }) => cells.filter(({ column }) => column > 0).map(({ text }) => text)) ?? []
  return texts.join('\n')
}

function conditions(grid: Grid | undefined): readonly ClaimedCondition[] {
  const found: ClaimedCondition[] = []
  for (const { number, cells } of grid?.rows ?? []) {
    const [condition = '', holds = '', detail = ''] = [0, 1, 2].map(
      (column) => cells.find((cell) => cell.column === column)?.text ?? '',
    )
    if (condition.trim() === '' || /^conditions?$/i.test(condition.trim())) continue
    const support = supportOf(holds)
    if (holds.trim() !== '' && (support === undefined || support === 'N/A'))
      grid?.problem(number, 1, { en: 'must be Yes or No', de: 'muss „Yes“ oder „No“ sein' })
    if (support !== undefined || detail !== '')
      found.push({
        condition: condition.trim(),
        holds: support === 'Y' ? true : support === 'N' ? false : null,
        detail,
      })
  }
  return found
}

const VERDICTS: readonly TestVerdict[] = ['pass', 'fail', 'inconclusive', 'n/a']

function groups(grid: Grid | undefined, edition: Edition): readonly SelfAssessedGroup[] {
  const head = grid?.headings(['group', 'case', 'unit', 'verdict'], MOST_HEAD)
  if (!grid || !head) return []
  type Case = { id: string; verdict: TestVerdict | null; units: { unit: string; verdict: TestVerdict }[] }
  const found: (Omit<SelfAssessedGroup, 'cases'> & { cases: Case[] })[] = []
  for (const row of head.rows) {
    const [provision, id, unit] = ['group', 'case', 'unit'].map((name) => head.text(row, name)) as [
      string,
      string,
      string,
    ]
    const stated = head.text(row, 'verdict')
    const verdict = VERDICTS.find((one) => one === stated) ?? null
    if (stated !== '' && verdict === null)
      grid.problem(row.number, head.column('verdict'), {
        en: `must be one of ${VERDICTS.join(', ')}`,
        de: `muss eines von ${VERDICTS.join(', ')} sein`,
      })
    if (!isProvision(edition, provision)) {
      grid.problem(row.number, head.column('group'), {
        en: `${provision.slice(0, 40)} is no provision of ${edition}`,
        de: `${provision.slice(0, 40)} ist keine Anforderung von ${edition}`,
      })
      continue
    }
    const of = found.find((one) => one.provision === provision)
    const inCase = of?.cases.find((one) => one.id === id)
    if (id === '') {
      grid.stands(originKey('group', provision), row.number, head.column('verdict'))
      found.push({
        provision,
        cases: [],
        verdict,
        note: head.text(row, 'note'),
        status: head.text(row, 'status'),
        title: head.text(row, 'title'),
        tables: texts(head.text(row, 'ixit')),
        names: texts(head.text(row, 'names')),
      })
    } else if (of && unit === '') of.cases.push({ id, verdict, units: [] })
    else if (inCase && verdict) inCase.units.push({ unit, verdict })
    else
      grid.problem(row.number, head.column('case'), {
        en: 'its group or case does not stand above it',
        de: 'seine Gruppe oder sein Prüffall steht nicht darüber',
      })
  }
  return found
}

function summaries(grid: Grid | undefined): readonly TableSummary[] {
  const head = grid?.headings(['table', 'entry', 'text'], MOST_HEAD)
  return (
    head?.rows.map((row) => ({
      table: head.text(row, 'table'),
      id: head.text(row, 'entry'),
      text: head.text(row, 'text'),
    })) ?? []
  )
}

function texts(cell: string): readonly string[] {
  return cell === '' ? [] : cell.split(SEPARATOR)
}
