import type { CaseKind, PlannedCase } from '@messlatte/conformity'
import type { Language, Polarity, Text } from '@messlatte/model'
import { writeWorkbook } from './workbook.ts'

const SAY = {
  plan: { en: 'Test plan', de: 'Prüfplan' },
  entries: { en: 'IXIT entries', de: 'IXIT-Einträge' },
  testCase: { en: 'Test case', de: 'Prüffall' },
  unit: { en: 'Unit', de: 'Schritt' },
  provision: { en: 'Provision', de: 'Anforderung' },
  status: { en: 'Status', de: 'Status' },
  kind: { en: 'Kind', de: 'Art' },
  purpose: { en: 'What is done (our words)', de: 'Was getan wird (eigene Worte)' },
  claim: { en: 'Claim', de: 'Angabe' },
  machine: { en: 'Observed by a machine', de: 'Maschinell beobachtet' },
  where: { en: 'Where', de: 'Wo' },
  verdict: { en: 'Verdict of the laboratory', de: 'Urteil des Labors' },
  by: { en: 'By', de: 'Von' },
  on: { en: 'On', de: 'Am' },
  remark: { en: 'Remark', de: 'Bemerkung' },
  table: { en: 'IXIT table', de: 'IXIT-Tabelle' },
  cases: { en: 'Test cases', de: 'Prüffälle' },
  empty: { en: 'Gap: the table is empty', de: 'Lücke: Die Tabelle ist leer' },
  unknown: { en: 'not established', de: 'nicht belegt' },
} as const satisfies Readonly<Record<string, Text>>

const KINDS: Readonly<Record<CaseKind, Text>> = {
  conceptual: { en: 'conceptual', de: 'konzeptionell' },
  functional: { en: 'functional', de: 'funktional' },
  mixed: { en: 'conceptual and functional', de: 'konzeptionell und funktional' },
}

const POLARITIES: Readonly<Record<Polarity, Text>> = {
  against: { en: 'against', de: 'dagegen' },
  for: { en: 'for', de: 'dafür' },
  neutral: { en: 'neutral', de: 'neutral' },
}

const MOST_EVIDENCE = 20

/** The plan of a laboratory as a workbook: a row for each test unit with places for its verdict, and the IXIT tables. */
export function writeTestPlanXlsx(plan: readonly PlannedCase[], language: Language): Uint8Array {
  const say = (text: Text) => text[language]
  return writeWorkbook([
    {
      name: say(SAY.plan),
      widths: [11, 14, 11, 8, 14, 70, 40, 8, 60, 60, 14, 16, 12, 40],
      rows: [
        [
          SAY.testCase,
          SAY.unit,
          SAY.provision,
          SAY.status,
          SAY.kind,
          SAY.purpose,
          SAY.entries,
          SAY.claim,
          SAY.machine,
          SAY.where,
          SAY.verdict,
          SAY.by,
          SAY.on,
          SAY.remark,
        ].map(say),
        ...plan.flatMap((one) => rowsOf(one, language)),
      ],
    },
    {
      name: say(SAY.entries),
      widths: [20, 80, 80],
      rows: [[SAY.table, SAY.entries, SAY.cases].map(say), ...tableRows(plan, language)],
    },
  ])
}

function rowsOf({ test, units, status, ixit, claim, evidence, decided }: PlannedCase, language: Language) {
  const told = evidence.slice(0, MOST_EVIDENCE)
  const after = [
    test.provision,
    status,
    KINDS[test.kind][language],
    test.purpose[language],
    ixit.map(({ table, entries }) => `${table}: ${entriesText(entries, language)}`).join('\n'),
    claim ?? '',
    told.map(({ polarity, title }) => `${POLARITIES[polarity][language]}: ${title[language]}`).join('\n'),
    told.map(({ path, offset }) => `${path} @${offset}`).join('\n'),
  ]
  const named = units.length === 0 ? [SAY.unknown[language]] : units
  return named.map((unit) => {
    const known =
      decided.units.length === 0 ? decided.verdict : decided.units.find((one) => one.unit === unit)?.verdict
    return [test.id, unit, ...after, known ?? '', '', '', '']
  })
}

function tableRows(plan: readonly PlannedCase[], language: Language) {
  const tables = new Map(plan.flatMap(({ ixit }) => ixit.map((one) => [one.table, one.entries] as const)))
  return [...tables]
    .sort(([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map(([table, entries]) => [
      table,
      entriesText(entries, language),
      plan
        .filter(({ ixit }) => ixit.some((one) => one.table === table))
        .map(({ test }) => test.id)
        .join(', '),
    ])
}

function entriesText(entries: readonly string[], language: Language): string {
  return entries.length === 0 ? SAY.empty[language] : entries.join(', ')
}
