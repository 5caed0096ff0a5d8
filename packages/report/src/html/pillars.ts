import type { Pillar } from '@messlatte/model'
import { columnName, columnsOf } from '../view/columns.ts'
import { PILLAR_WORDS, PILLARS, WORDS } from '../words.ts'
import { html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { section } from './section.ts'

const MOST_REASONS = 3

export function pillars(page: Page): Markup {
  return section(
    page,
    'pillars',
    WORDS.pillars,
    html`<div class="cards">${PILLARS.map((it) => card(page, it))}</div>`,
  )
}

/** The profile first and large: it is what was asked for. */
function card(page: Page, pillar: Pillar): Markup {
  const columns = columnsOf(page.result).toReversed()
  const worst = page.result.assessment.pillars[columns[0] ?? 'baseline']?.[pillar].verdict ?? 'open'
  return html`<article class="card edge ${worst}"><h3>${page.say(PILLAR_WORDS[pillar])}</h3><dl class="sides">
${columns.map((column) => {
  const result = page.result.assessment.pillars[column]?.[pillar]
  return html`<div><dt>${columnName(column, page.language)}</dt><dd>${page.verdict(result?.verdict ?? 'open')}
<ul class="plain">${page.list(
    result?.reasons ?? [],
    MOST_REASONS,
    (it) => html`<li>${it.text[page.language]}${page.links(it.evidence)}</li>`,
  )}</ul></dd></div>`
})}
</dl></article>`
}
