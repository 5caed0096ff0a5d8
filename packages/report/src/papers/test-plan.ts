import { type CaseKind, isDone, type PlannedCase } from '@messlatte/conformity'
import type { Language } from '@messlatte/model'
import type { PaperDocument, Run, Runs } from '../documents/model.ts'
import { VERDICT_WORDS } from '../words.ts'
import { DECIDED, releaseTable } from './common.ts'
import type { PaperInput } from './input.ts'
import { listed, sourcesOf } from './law.ts'
import { both, Paper } from './paper.ts'
import { productLine } from './technical-file/index.ts'

const MOST_EVIDENCE = 3

/** What a laboratory still has to do by TS 103 701, by case and unit, with the maker's IXIT entries. */
export function testPlan(input: PaperInput, language: Language): PaperDocument {
  const paper = new Paper(language)
  const { assessment, plan, product } = input
  const left = plan.filter((one) => !isDone(one))
  const onDevice = left.filter(({ test }) => test.kind !== 'conceptual')
  paper.paragraph(
    both(
      'Cases of TS 103 701 for provisions that apply, in our own words. A machine’s observation is a hint where to look and no result of a test; the verdicts are the laboratory’s.',
      'Prüffälle der TS 103 701 zu den anwendbaren Anforderungen, in eigenen Worten. Eine maschinelle Beobachtung ist ein Hinweis, wo hinzusehen ist, und kein Prüfergebnis; die Urteile fällt das Labor.',
    ),
  )
  paper.paragraph(
    paper.say(
      both(
        '{left} of {all} cases are left, {device} of them on the device; {units} test units were not decided.',
        '{left} von {all} Prüffällen sind offen, davon {device} am Gerät; {units} Prüfschritte wurden nicht entschieden.',
      ),
      {
        all: plan.length,
        left: left.length,
        device: onDevice.length,
        units: left.reduce((sum, { units, decided }) => sum + units.length - decided.units.length, 0),
      },
    ),
  )
  paper.heading(1, both('What was looked at', 'Was angesehen wurde'))
  releaseTable(paper, input)
  section(paper, both('On the device', 'Am Gerät'), onDevice)
  section(
    paper,
    both('On the documents', 'An den Unterlagen'),
    left.filter(({ test }) => test.kind === 'conceptual'),
  )
  const done = plan.filter(isDone)
  if (done.length > 0) section(paper, both('Decided already', 'Bereits entschieden'), done)
  paper.listGaps()
  return {
    language,
    title: paper.say(both('Test plan', 'Prüfplan')),
    subtitle: 'ETSI TS 103 701',
    product: productLine(paper, product),
    date: assessment.asOf,
    ...(product.maker !== null && { author: product.maker }),
    blocks: paper.blocks,
    gaps: paper.gaps.length,
    sources: listed(sourcesOf([assessment.catalogue.id]), language),
    toSign: false,
    landscape: true,
  }
}

function section(paper: Paper, title: ReturnType<typeof both>, cases: readonly PlannedCase[]): void {
  paper.heading(1, title)
  if (cases.length === 0) {
    paper.paragraph(both('None.', 'Keine.'))
    return
  }
  paper.table(
    [
      [both('Case', 'Fall'), 3],
      [both('What is done (our words)', 'Was getan wird (eigene Worte)'), 7],
      [both('IXIT entries', 'IXIT-Einträge'), 4],
      [both('What is there', 'Was vorliegt'), 6],
      [both('Verdict', 'Urteil'), 3],
    ],
    cases.map((one) => [
      [
        { text: one.test.id, bold: true },
        `\n${one.status}, ${paper.say(KINDS[one.test.kind])}`,
        ...(one.units.length === 0 ? [`\n${paper.say(UNKNOWN_UNITS)}`] : []),
      ],
      paper.say(one.test.purpose),
      entries(paper, one),
      there(paper, one),
      verdicts(paper, one),
    ]),
  )
}

/** What was decided, and places for what was not. */
function verdicts(paper: Paper, { units, decided }: PlannedCase): string {
  const whole = decided.verdict === null ? [] : [paper.say(DECIDED[decided.verdict])]
  const each = units.map((unit) => {
    const known = decided.units.find((one) => one.unit === unit)
    return `${unit} ${known ? paper.say(DECIDED[known.verdict]) : '______'}`
  })
  return [...whole, ...each].join('\n')
}

function entries(paper: Paper, { ixit }: PlannedCase): Runs {
  if (ixit.length === 0) return paper.say(both('ICS table alone', 'nur ICS-Tabelle'))
  return ixit.flatMap(({ table, entries: ids }, at): readonly Run[] => [
    ...(at === 0 ? [] : ['\n']),
    ids.length === 0
      ? paper.missing(both(`${table} is empty`, `${table} ist leer`))
      : `${table}: ${ids.join(', ')}`,
  ])
}

function there(paper: Paper, { claim, verdict, evidence }: PlannedCase): string {
  const seen = evidence
    .slice(0, MOST_EVIDENCE)
    .map((one) => `${paper.say(POLARITY[one.polarity])}: ${paper.say(one.title)}`)
  const more = evidence.length - seen.length
  return [
    `${paper.say(both('Claim', 'Angabe'))}: ${claim ?? '–'}; ${paper.say(VERDICT_WORDS[verdict])}`,
    ...seen,
    ...(more > 0 ? [paper.say(both('and {more} more', 'und {more} weitere'), { more })] : []),
  ].join('\n')
}

const KINDS: Readonly<Record<CaseKind, ReturnType<typeof both>>> = {
  conceptual: both('conceptual', 'konzeptionell'),
  functional: both('functional', 'funktional'),
  mixed: both('conceptual and functional', 'konzeptionell und funktional'),
}
const POLARITY = {
  against: both('against', 'dagegen'),
  for: both('for', 'dafür'),
  neutral: both('seen', 'gesehen'),
} as const
const UNKNOWN_UNITS = both('units not established', 'Schritte nicht belegt')
