import { CATALOGUES, casesOf, IXIT_TABLES, type IxitTable, PROFILES } from '@messlatte/conformity'
import type { ClaimSet, IxitEntry, Provision, SelfAssessedGroup, Text } from '@messlatte/model'
import { MOST_CELL, type Sheet, writeWorkbook } from '../../xlsx/workbook.ts'
import { ordered } from '../part.ts'
import {
  CONDITION_HEADINGS,
  GO_TO_ICS,
  GROUP_HEADINGS,
  ICS_HEADINGS,
  IDENTIFICATION,
  SEPARATOR,
  SHEETS,
  SUMMARY_HEADINGS,
} from './layout.ts'

/** A text does not fit into a cell of a workbook. */
export class CellTooLong extends Error {
  readonly text: Text
  constructor(sheet: string) {
    const text = {
      en: `sheet ${sheet}: a text is longer than the ${MOST_CELL} characters that a cell may hold`,
      de: `Blatt ${sheet}: ein Text ist länger als die ${MOST_CELL} Zeichen, die eine Zelle fasst`,
    }
    super(text.en)
    this.name = 'CellTooLong'
    this.text = text
  }
}

/**
 * Claims as a workbook in the layout that laboratories hand out: every provision and every table is there, whether filled in or not.
 * The numbers of EN 18031 beside a provision are those that our profile leads to.
 * @throws CellTooLong
 */
export function writeClaimsWorkbook(claims: ClaimSet): Uint8Array {
  const set = ordered(claims)
  const sheets: readonly Sheet[] = [
    identification(set),
    context(set),
    conditions(set),
    ics(set),
    ...IXIT_TABLES[set.edition].map((table) => ixit(table, set.tables[table.name] ?? [])),
    ...(set.groups.length > 0 ? [groups(set.groups)] : []),
    ...(set.summaries.length > 0 ? [summaries(set)] : []),
  ]
  for (const { name, rows } of sheets)
    if ([...rows].some((row) => row.some((text) => text.length > MOST_CELL))) throw new CellTooLong(name)
  return writeWorkbook(sheets)
}

function identification({ identification: fields }: ClaimSet): Sheet {
  const known = IDENTIFICATION.map(([section, names]) => ({
    section,
    names: [
      ...new Set([...names, ...fields.filter((one) => one.section === section).map(({ name }) => name)]),
    ],
  }))
  const sections = [
    ...known,
    ...[...new Set(fields.map(({ section }) => section))]
      .filter((section) => !known.some((one) => one.section === section))
      .map((section) => ({
        section,
        names: fields.filter((one) => one.section === section).map(({ name }) => name),
      })),
  ]
  const rows = sections.flatMap(({ section, names }) => [
    [section],
    ...names.flatMap((name) => [
      ['', `${name}:`],
      ['', fields.find((one) => one.section === section && one.name === name)?.value ?? ''],
      [],
    ]),
  ])
  return { name: SHEETS.identification, rows, widths: [30, 90], headings: 0 }
}

function context({ securityContext }: ClaimSet): Sheet {
  return {
    name: SHEETS.context,
    rows: [['Security Context'], ['', securityContext]],
    widths: [20, 110],
    headings: 0,
  }
}

function conditions({ edition, conditions: given }: ClaimSet): Sheet {
  const printed = CATALOGUES[edition].provisions.flatMap(({ conditionNumbers, features = [] }) => [
    ...conditionNumbers.map(String),
    ...features,
  ])
  const own = given.map(({ condition }) => condition).filter((one) => !printed.includes(one))
  const all = [...[...new Set(printed)].sort(byNumberThenLetter), ...own]
  return {
    name: SHEETS.conditions,
    rows: [
      CONDITION_HEADINGS,
      ...all.map((condition) => {
        const found = given.find((one) => one.condition === condition)
        return [
          condition,
          found?.holds === true ? 'Yes' : found?.holds === false ? 'No' : '',
          found?.detail ?? '',
        ]
      }),
    ],
    widths: [12, 8, 110],
  }
}

function byNumberThenLetter(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)]
  if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1
  return left - right || a.length - b.length || (a < b ? -1 : 1)
}

function ics({ edition, ics: claims, tables }: ClaimSet): Sheet {
  const { provisions, title } = CATALOGUES[edition]
  const lines = PROFILES.filter((one) => one.id === 'eu-red-2025' && one.edition === edition).flatMap(
    ({ requirements }) => requirements,
  )
  const rows = provisions.map((provision) => {
    const claim = claims.find((one) => one.provision === provision.id)
    const required = [...new Set(casesOf(edition, provision.id).flatMap(({ ixit }) => ixit))]
    const led = lines.filter((one) => one.lines.some((line) => line.provision === provision.id))
    const of = (part: string) => led.filter(({ where }) => where.includes(`-${part}`)).map(({ id }) => id)
    return [
      claim?.support === 'N/A' ? 'Not applicable' : '',
      `Provision ${provision.id}`,
      statusOf(provision),
      ...['1', '2', '3'].map((part) => of(part).join(SEPARATOR)),
      claim?.support ?? '',
      claim?.detail ?? '',
      required.map((name) => `${name}${(tables[name] ?? []).length > 0 ? '' : ' (empty)'}`).join(SEPARATOR),
    ]
  })
  return {
    name: SHEETS.ics,
    rows: [
      ['Implementation Conformance Statement (ICS)'],
      [title.en],
      ['Support: Y, N or N/A. N/A only where the condition in the column Status does not hold.'],
      ['Detail: the measures for Y; the reason for N and N/A.'],
      ...Array.from({ length: 6 }, () => []),
      ICS_HEADINGS,
      ...rows,
    ],
    widths: [16, 18, 16, 12, 12, 12, 9, 90, 24],
    headings: 11,
  }
}

/** As Annex B prints it: `R C (16) F (h)`. */
export function statusOf({ status, conditionNumbers, features = [] }: Provision): string {
  return [
    status,
    ...conditionNumbers.map((one) => `C (${one})`),
    ...features.map((one) => `F (${one})`),
  ].join(' ')
}

function ixit({ name, title, form, fields }: IxitTable, entries: readonly IxitEntry[]): Sheet {
  const own = [...new Set(entries.flatMap(Object.keys))].filter(
    (one) => one !== 'ID' && !fields.includes(one),
  )
  const all = [...fields, ...own]
  const heading = `IXIT ${name}: ${title.en}`
  if (form)
    return {
      name,
      rows: [
        [GO_TO_ICS],
        [heading],
        [],
        ...all.flatMap((field) => [['', `${field}:`], ['', entries[0]?.[field] ?? ''], []]),
      ],
      widths: [16, 110],
      headings: 0,
    }
  return {
    name,
    rows: [
      [GO_TO_ICS, 'ID:', ...all.map((field) => `${field}:`)],
      [heading],
      ...entries.map((entry) => ['', entry.ID ?? '', ...all.map((field) => entry[field] ?? '')]),
    ],
    widths: [16, 28, ...all.map(() => 50)],
  }
}

function groups(list: readonly SelfAssessedGroup[]): Sheet {
  const rows = list.flatMap(({ provision, cases, verdict, note, status, tables, title, names }) => [
    [provision, '', '', verdict ?? '', note, status, tables.join(SEPARATOR), title, names.join(SEPARATOR)],
    ...cases.flatMap((one) => [
      [provision, one.id, '', one.verdict ?? ''],
      ...one.units.map(({ unit, verdict: given }) => [provision, one.id, unit, given]),
    ]),
  ])
  return { name: SHEETS.groups, rows: [GROUP_HEADINGS, ...rows], widths: [10, 12, 6, 13, 40, 16, 16, 60, 50] }
}

function summaries({ summaries: list }: ClaimSet): Sheet {
  const rows = list.map(({ table, id, text }) => [table, id, text])
  return { name: SHEETS.summaries, rows: [SUMMARY_HEADINGS, ...rows], widths: [16, 40, 110] }
}
