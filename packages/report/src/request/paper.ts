import { PROFILES } from '@messlatte/conformity'
import type { Language } from '@messlatte/model'
import { type AnswerForm, type RequestLine, type SupplierRequest, standingOf } from '@messlatte/portfolio'
import type { Block, PaperDocument, Runs } from '../documents/model.ts'
import { day } from '../figures.ts'
import { listed, sourcesOf } from '../papers/law.ts'
import { type Speaker, speaker } from '../portfolio/view.ts'
import { VERDICT_WORDS } from '../words.ts'
import { FORM_WORDS, REQUEST_WORDS as W } from './words.ts'

const MOST_PRODUCTS = 40
const MOST_REASONS = 3

/** Tables name the forms of an answer by these; what they are stands once, above. */
const LETTERS: Readonly<Record<AnswerForm, string>> = {
  release: 'A',
  pack: 'B',
  report: 'C',
  ixit: 'D',
  statement: 'E',
}
const FORMS = Object.keys(LETTERS) as readonly AnswerForm[]

/** A request to a supplier on paper; the workbook beside it is what is filled in. */
export function requestPaper({ supplier, asOf, lines }: SupplierRequest, language: Language): PaperDocument {
  const say = speaker(language)
  const modules = groupedBy(lines, ({ module }) => module.id)
  const rules = [...new Set(lines.flatMap(({ rule }) => rule ?? []))]
  return {
    language,
    title: say.say(W.title),
    subtitle: say.say(W.to, { supplier }),
    product: supplier,
    date: asOf,
    blocks: [
      { kind: 'paragraph', text: say.say(W.intro, { day: day(asOf, language) }) },
      ...(lines.length === 0 ? [{ kind: 'paragraph' as const, text: say.say(W.none) }] : []),
      { kind: 'heading', level: 1, text: say.say(W.how) },
      { kind: 'list', ordered: true, items: say.say(W.howItems).split('|') },
      { kind: 'paragraph', text: say.say(W.formsLead) },
      {
        kind: 'list',
        ordered: false,
        items: FORMS.map(
          (form): Runs => [{ text: LETTERS[form], bold: true }, `: ${say.say(FORM_WORDS[form])}`],
        ),
      },
      ...modules.flatMap((own) => moduleBlocks(own, say)),
    ],
    sources: listed(sourcesOf(rules), language),
    toSign: false,
  }
}

function moduleBlocks(lines: readonly RequestLine[], say: Speaker): readonly Block[] {
  const [first] = lines
  if (!first) return []
  const { name, release } = first.module
  const facts = [
    release.version === null ? say.say(W.noFirmware) : say.say(W.firmware, { version: release.version }),
    ...(release.sha256 === null ? [] : [say.say(W.digest, { digest: release.sha256 })]),
  ]
  const products = [...new Set(lines.flatMap((line) => line.products))]
  const rest = products.length - MOST_PRODUCTS
  const names =
    products.slice(0, MOST_PRODUCTS).join('; ') + (rest > 0 ? say.say(W.more, { count: rest }) : '')
  const byRule = groupedBy(lines, ({ rule }) => rule ?? '')
  const shared = sharedAsks(lines, say)
  return [
    { kind: 'heading', level: 1, text: say.say(W.module, { name }) },
    { kind: 'paragraph', text: facts.join(', ') },
    { kind: 'paragraph', text: say.say(W.products, { names }) },
    { kind: 'paragraph', text: [{ text: neededBy(lines, say), bold: true }] },
    ...sharedBlocks(shared, say),
    ...byRule.flatMap((own) => ruleBlocks(own, shared, say)),
  ]
}

/** What several lines ask for, each with the number by which they refer to it. */
type SharedAsks = ReadonlyMap<string, string>

function sharedAsks(lines: readonly RequestLine[], say: Speaker): SharedAsks {
  const counts = new Map<string, number>()
  for (const text of lines.flatMap((line) => [...new Set(generalLines(line, say))]))
    counts.set(text, (counts.get(text) ?? 0) + 1)
  const repeated = [...counts].filter(([, count]) => count > 1)
  return new Map(repeated.map(([text], at) => [text, say.say(W.sharedNumber, { number: at + 1 })]))
}

/** As `closingLines`, with the line's own number told as such: many ask the same, each about its number. */
function generalLines(line: RequestLine, say: Speaker): readonly string[] {
  return closingLines(line, say).map((text) => text.replaceAll(` ${line.id} `, ` ${say.say(W.ownNumber)} `))
}

function sharedBlocks(shared: SharedAsks, say: Speaker): readonly Block[] {
  if (shared.size === 0) return []
  return [
    { kind: 'heading', level: 2, text: say.say(W.sharedTitle) },
    {
      kind: 'list',
      ordered: false,
      items: [...shared].map(([text, number]): Runs => [{ text: number, bold: true }, `: ${text}`]),
    },
  ]
}

function neededBy(lines: readonly RequestLine[], say: Speaker): string {
  const [first] = lines.flatMap(({ by }) => by ?? []).toSorted()
  return first === undefined ? say.say(W.soon) : say.say(W.by, { day: day(first, say.language) })
}

function ruleBlocks(lines: readonly RequestLine[], shared: SharedAsks, say: Speaker): readonly Block[] {
  const rule = lines[0]?.rule ?? null
  if (rule === null)
    return [
      { kind: 'heading', level: 2, text: say.say(W.releaseTitle) },
      { kind: 'paragraph', text: [{ text: say.say(W.releaseAsk), gap: true }] },
    ]
  return [
    { kind: 'heading', level: 2, text: ruleTitle(rule, say) },
    {
      kind: 'table',
      columns: [
        { title: say.say(W.number), width: 2 },
        { title: say.say(W.asks), width: 4 },
        { title: say.say(W.state), width: 2 },
        { title: say.say(W.closes), width: 9 },
      ],
      rows: lines.map((line) => [
        line.id,
        line.title?.[say.language] ?? '',
        line.verdict === null ? '' : say.say(VERDICT_WORDS[line.verdict]),
        closing(line, shared, say),
      ]),
    },
  ]
}

export function ruleTitle(rule: string, say: Speaker): string {
  const profile = PROFILES.find(({ id }) => id === rule)
  if (!profile) return rule
  const law = standingOf(profile) === 'law'
  return say.say(law ? W.ruleLaw : W.ruleReported, { title: `${rule}, ${profile.title[say.language]}` })
}

function closing(line: RequestLine, shared: SharedAsks, say: Speaker): Runs {
  const general = generalLines(line, say)
  const numbers = [...new Set(general.flatMap((text) => shared.get(text) ?? []))]
  const own = closingLines(line, say).filter((_, at) => !shared.has(general[at] ?? ''))
  return [
    ...(numbers.length > 0 ? [say.say(W.sharedSee, { numbers: numbers.join(', ') })] : []),
    ...own,
    say.say(W.accepted, { forms: line.accepted.map((form) => LETTERS[form]).join(', ') }),
  ].join('\n')
}

/** What would close a line: what the rule names as missing, or where something disproves it, something else in its place. */
export function closingLines(
  { verdict, closes, reasons, rule }: RequestLine,
  say: Speaker,
): readonly string[] {
  if (rule === null) return [say.say(W.releaseAsk)]
  const asked = closes.map(({ what }) => what[say.language])
  if (verdict === 'open' && asked.length > 0) return [...new Set(asked)]
  const told = reasons.slice(0, MOST_REASONS).map((text) => text[say.language])
  return [say.say(W.otherRelease, { reasons: told.join(' ') }), ...new Set(asked)]
}

export function formWords({ accepted }: RequestLine, say: Speaker): string {
  return accepted.map((form) => say.say(FORM_WORDS[form])).join('; ')
}

function groupedBy<Item>(items: readonly Item[], key: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const known = groups.get(key(item))
    if (known) known.push(item)
    else groups.set(key(item), [item])
  }
  return [...groups.values()]
}
