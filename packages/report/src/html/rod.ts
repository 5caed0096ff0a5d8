import type { ProvisionResult, Verdict } from '@messlatte/model'
import { type ColumnKey, columnName, countsOf, verdictIn } from '../view/columns.ts'
import { VERDICT_WORDS, VERDICTS, WORDS } from '../words.ts'
import { html, type Markup } from './markup.ts'
import type { Page } from './page.ts'

const STEP = 13
const MARK_WIDTH = 8
const GROUP_GAP = 9
const BAR = 46
const HEIGHT = 116

/** How far each verdict stands from the bar, in picture units; up is positive. Length alone tells the verdicts apart. */
const REACH: Readonly<Record<Verdict, readonly [from: number, to: number]>> = {
  pass: [2, 42],
  supported: [2, 24],
  open: [-4, 4],
  'not-applicable': [-1, 1],
  'not-met': [-18, -2],
  contested: [-32, -2],
  fail: [-48, -2],
}

/** The measuring rod: one mark for each provision, in the standard's order; below the bar is disproved, above backed. */
export function rod(page: Page, column: ColumnKey): Markup {
  const groups = grouped(page.result.assessment.provisions)
  let x = 4
  const drawn = groups.map(({ name, provisions }) => {
    const start = x
    const marks = provisions.map((provision) => {
      const at = x
      x += STEP
      return mark(page, provision, column, at)
    })
    const middle = (start + x - STEP + MARK_WIDTH) / 2
    x += GROUP_GAP
    const label =
      provisions.length > 1
        ? html`<text x="${middle}" y="${HEIGHT - 3}" text-anchor="middle">${name}</text>`
        : undefined
    return html`${marks}${label}`
  })
  return html`<figure class="rod">
<figcaption><b>${columnName(column, page.language)}</b> ${legend(page, column)}</figcaption>
<svg role="img" aria-label="${summary(page, column)}" viewBox="0 0 ${x} ${HEIGHT}" preserveAspectRatio="none"><line class="bar" x1="0" x2="${x}" y1="${BAR}" y2="${BAR}"/>${drawn}</svg>
</figure>`
}

function mark(page: Page, provision: ProvisionResult, column: ColumnKey, x: number): Markup | undefined {
  const verdict = verdictIn(provision, column)?.verdict
  if (verdict === undefined) return undefined
  const [from, to] = REACH[verdict]
  const word = page.say(VERDICT_WORDS[verdict])
  return html`<rect class="${verdict}" x="${x}" y="${BAR - to}" width="${MARK_WIDTH}" height="${to - from}" rx="1.5"><title>${provision.id}: ${word}</title></rect>`
}

function legend(page: Page, column: ColumnKey): readonly Markup[] {
  const counts = countsOf(page.result, column)
  return VERDICTS.filter((it) => counts[it] > 0).map(
    (it) => html`<span class="count"><b>${counts[it]}</b> ${page.verdict(it)}</span> `,
  )
}

function summary(page: Page, column: ColumnKey): string {
  const counts = countsOf(page.result, column)
  const parts = VERDICTS.map((it) => `${counts[it]} ${page.say(VERDICT_WORDS[it])}`)
  return `${columnName(column, page.language)}: ${parts.join(', ')}. ${page.say(WORDS.rod)}`
}

interface Group {
  readonly name: string
  readonly provisions: readonly ProvisionResult[]
}

/** By clause: 5.3-10 belongs to 5.3. */
function grouped(provisions: readonly ProvisionResult[]): readonly Group[] {
  const groups = new Map<string, ProvisionResult[]>()
  for (const provision of provisions) {
    const name = provision.id.split('-')[0] ?? ''
    groups.set(name, [...(groups.get(name) ?? []), provision])
  }
  return [...groups].map(([name, inner]) => ({ name, provisions: inner }))
}
