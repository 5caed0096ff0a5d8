import { PROFILES, sourceTitle } from '@messlatte/conformity'
import type { Language, Source } from '@messlatte/model'
import {
  ANSWERS,
  type AnswerReason,
  type Finding,
  type Module,
  type Plan,
  type PlanRow,
  placingDayOf,
  standingOf,
} from '@messlatte/portfolio'
import type { Block, PaperDocument } from '../documents/model.ts'
import { day, whole } from '../figures.ts'
import { listed, sourcesOf, statusOf } from '../papers/law.ts'
import { answerWord, productName, type Speaker, speaker } from '../portfolio/view.ts'
import { KIND_WORDS, PLAN_WORDS } from '../portfolio/words.ts'
import { lawOf } from './law.ts'
import { type Audience, INTRO, MEANS, LETTER_WORDS as W } from './words.ts'

export interface LetterInput {
  readonly to: Audience
  /** A product, or a tender. */
  readonly about: 'product' | 'tender'
  /** Its name. */
  readonly subject: string
  readonly plan: Plan
  readonly rows: readonly PlanRow[]
  readonly findingOf: (module: Module, model: string) => Finding | undefined
  /** Sources to be cited as law; all law of the rules where it is absent. */
  readonly law?: readonly Source[]
  /** The modules that a letter to a supplier is about; all where it is absent. */
  readonly supplier?: string
}

const MOST_ROWS = 80
const MOST_LINES = 30

/** The status of a product or a tender as a letter: what is confirmed apart from what was reported and what is our analysis. */
export function letterPaper(input: LetterInput, language: Language): PaperDocument {
  const say = speaker(language)
  const { to, about, subject, plan, rows } = input
  const rules = [...new Set(rows.flatMap(({ eligibility }) => eligibility.rules.map(({ rule }) => rule)))]
  const law = input.law ?? lawOf(rules)
  const listedSources = [
    ...new Map([...sourcesOf(rules), ...law].map((one) => [one.id, one] as const)).values(),
  ]
  return {
    language,
    title: say.say(about === 'tender' ? W.titleTender : W.titleProduct, { subject }),
    product: subject,
    date: plan.asOf,
    blocks: [
      { kind: 'paragraph', tone: 'note', text: say.say(W.draft) },
      { kind: 'paragraph', tone: 'gap', text: say.say(W.address) },
      { kind: 'paragraph', text: say.say(W.salutation) },
      { kind: 'paragraph', text: say.say(INTRO[to], { day: day(plan.asOf, language) }) },
      { kind: 'heading', level: 1, text: say.say(W.status) },
      ...statusBlocks(rows, say),
      { kind: 'heading', level: 1, text: say.say(W.means) },
      { kind: 'list', ordered: false, items: meaning(to, rows, say) },
      { kind: 'heading', level: 1, text: say.say(W.confirmed) },
      { kind: 'list', ordered: false, items: confirmed(input, law, say) },
      ...reportedBlocks(rules, say),
      { kind: 'heading', level: 1, text: say.say(W.analysis) },
      { kind: 'paragraph', text: say.say(W.analysisNote) },
      ...listOf(reasons(rows, rules, say), say),
      { kind: 'heading', level: 1, text: say.say(W.open) },
      ...listOf(to === 'supplier' ? owed(input, say) : changes(rows, say), say),
      { kind: 'paragraph', text: say.say(W.greeting) },
    ],
    sources: listed(listedSources, language),
    toSign: false,
  }
}

function statusBlocks(rows: readonly PlanRow[], say: Speaker): readonly Block[] {
  const rest = rows.length - MOST_ROWS
  return [
    {
      kind: 'table',
      columns: [
        { title: say.say(W.article), width: 5 },
        { title: say.say(W.supply), width: 5 },
        { title: say.say(W.units), width: 2 },
        { title: say.say(W.answer), width: 4 },
      ],
      rows: rows
        .slice(0, MOST_ROWS)
        .map((row) => [
          named(row, say),
          supplied(row, say),
          whole(row.supply.quantity ?? row.supply.stock ?? 0, say.language),
          [{ text: answerWord(row.eligibility.answer, say.language), bold: true }],
        ]),
    },
    ...(rest > 0 ? [{ kind: 'paragraph' as const, text: say.say(W.moreRows, { count: rest }) }] : []),
  ]
}

function named(row: PlanRow, say: Speaker): string {
  const { sku, supply } = row
  const gtin = sku.gtin === null ? '' : `\nGTIN ${sku.gtin}`
  const batch = supply.batch === null ? '' : `, ${say.say(PLAN_WORDS.batch)} ${supply.batch}`
  return `${productName(row)}\n${sku.id}${batch}${gtin}`
}

function supplied(row: PlanRow, say: Speaker): string {
  const { supply } = row
  const placed = placingDayOf(row)
  const dates = [
    ...(supply.kind === 'making-available' && placed !== null
      ? [`${say.say(PLAN_WORDS.placed)} ${day(placed, say.language)}`]
      : []),
    ...(supply.actual === null ? [] : [`${say.say(PLAN_WORDS.actual)} ${day(supply.actual, say.language)}`]),
    ...(supply.actual !== null || supply.planned === null
      ? []
      : [`${say.say(PLAN_WORDS.planned)} ${day(supply.planned, say.language)}`]),
  ]
  return [`${say.say(KIND_WORDS[supply.kind])}, ${supply.market}`, ...dates].join('\n')
}

function meaning(to: Audience, rows: readonly PlanRow[], say: Speaker): readonly string[] {
  return ANSWERS.filter((answer) => rows.some(({ eligibility }) => eligibility.answer === answer)).map(
    (answer) => `${answerWord(answer, say.language)}: ${say.say(MEANS[to][answer])}`,
  )
}

function confirmed(input: LetterInput, law: readonly Source[], say: Speaker): readonly string[] {
  const modules = new Map(
    input.rows.flatMap(({ modules: own, variant }) =>
      own
        .filter(({ supplier }) => input.supplier === undefined || supplier === input.supplier)
        .map((module) => [module.id, { module, model: variant.model }] as const),
    ),
  )
  return [
    ...law.map((source) =>
      say.say(W.lawLine, {
        title: sourceTitle(source)[say.language],
        status: statusOf(source, say.language),
      }),
    ),
    ...(law.length === 0 ? [say.say(W.noLaw)] : []),
    ...[...modules.values()].map(({ module, model }) =>
      seenLine(module, input.findingOf(module, model), say),
    ),
    ...proofs(input.rows, say),
  ]
}

function seenLine(module: Module, finding: Finding | undefined, say: Speaker): string {
  const version = module.release.version ?? ''
  const values = { module: module.name, version }
  if (!finding || finding.digests.length === 0) return say.say(W.unseenLine, values).replace(/\s+/g, ' ')
  const digest = module.release.sha256 ?? finding.digests[0] ?? ''
  return say
    .say(W.seenLine, { ...values, digest, count: whole(finding.evidence.length, say.language) })
    .replace(/\s+/g, ' ')
}

function proofs(rows: readonly PlanRow[], say: Speaker): readonly string[] {
  const lines = rows.flatMap((row) => {
    const { supply, sku } = row
    const placed = placingDayOf(row)
    const happened = supply.kind === 'making-available' || supply.actual !== null
    if (supply.proof === null || placed === null || !happened) return []
    const batch = supply.batch === null ? sku.id : `${sku.id}, ${say.say(PLAN_WORDS.batch)} ${supply.batch}`
    return [say.say(W.proofLine, { batch, day: day(placed, say.language), proof: supply.proof })]
  })
  return cut(lines, say)
}

function reportedBlocks(rules: readonly string[], say: Speaker): readonly Block[] {
  const reported = PROFILES.filter(
    (profile, at) =>
      rules.includes(profile.id) &&
      standingOf(profile) === 'reported' &&
      PROFILES.findIndex(({ id }) => id === profile.id) === at,
  )
  if (reported.length === 0) return []
  return [
    { kind: 'heading', level: 1, text: say.say(W.reported) },
    { kind: 'paragraph', text: say.say(W.reportedNote) },
    {
      kind: 'list',
      ordered: false,
      items: reported.map(
        ({ id, title, caveat }) => `${id}, ${title[say.language]}: ${caveat[say.language]}`,
      ),
    },
  ]
}

/** Why the answers are what they are, each sentence once with the rules that it is said under. */
function reasons(rows: readonly PlanRow[], rules: readonly string[], say: Speaker): readonly string[] {
  const lines = new Map<string, Set<string>>()
  const add = (rule: string, reason: AnswerReason) => {
    const text = reason.text[say.language]
    lines.set(text, (lines.get(text) ?? new Set<string>()).add(rule))
  }
  for (const { eligibility } of rows) {
    for (const reason of eligibility.reasons) add('', reason)
    for (const { rule, reasons: own } of eligibility.rules) for (const reason of own) add(rule, reason)
  }
  return cut(
    [...lines].map(([text, under]) => {
      const named = rules.filter((rule) => under.has(rule))
      return named.length === 0 ? text : `${named.join(', ')}: ${text}`
    }),
    say,
  )
}

function changes(rows: readonly PlanRow[], say: Speaker): readonly string[] {
  const texts = rows
    .filter(({ eligibility }) => eligibility.answer !== 'outside' && eligibility.answer !== 'no-obstacle')
    .flatMap(({ eligibility }) => [
      ...eligibility.changes,
      ...eligibility.rules
        .filter(({ answer }) => answer === eligibility.answer)
        .flatMap((one) => one.changes),
    ])
    .map(({ text }) => text[say.language])
  return cut([...new Set(texts)], say)
}

/** What is not settled on the modules of the supplier, counted: the request has the lines. */
function owed({ rows, supplier }: LetterInput, say: Speaker): readonly string[] {
  const points = new Map<string, Set<string>>()
  for (const { needs } of rows)
    for (const { module, states } of needs) {
      if (supplier !== undefined && module.supplier !== supplier) continue
      const known = points.get(module.name) ?? new Set<string>()
      if (states.length === 0) known.add('release')
      for (const { rule, unsettled } of states) for (const { id } of unsettled) known.add(`${rule} ${id}`)
      points.set(module.name, known)
    }
  return [...points].map(([module, ids]) =>
    say.say(W.openModules, { module, count: whole(ids.size, say.language) }),
  )
}

function listOf(items: readonly string[], say: Speaker): readonly Block[] {
  return items.length === 0
    ? [{ kind: 'paragraph', text: say.say(W.none) }]
    : [{ kind: 'list', ordered: false, items }]
}

function cut(lines: readonly string[], say: Speaker): readonly string[] {
  const rest = lines.length - MOST_LINES
  return rest > 0 ? [...lines.slice(0, MOST_LINES), say.say(W.moreRows, { count: rest })] : lines
}
