import { referenceText } from '@messlatte/conformity'
import type { RequirementResult } from '@messlatte/model'
import { SOURCE_STATUS_WORDS, WORDS } from '../words.ts'
import { html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { section, table } from './section.ts'

/** What profiles ask in their own numbering: a table for each; nothing where none does. */
export function requirements(page: Page): Markup | undefined {
  const { profiles, requirements: all } = page.result.assessment
  if (all.length === 0) return undefined
  const titles = [page.say(WORDS.requirement), page.say(WORDS.verdict)]
  const tables = profiles.flatMap(({ id, title }) => {
    const own = all.filter(({ profile }) => profile === id)
    if (own.length === 0) return []
    const rows = own.map((it) => [label(page, it), verdict(page, it)])
    return [table('stack provisions', `${title[page.language]} (${rows.length})`, titles, rows)]
  })
  return section(page, 'requirements', WORDS.requirements, html`${tables}`, page.say(WORDS.requirementsLead))
}

function label(page: Page, { id, where, title, result }: RequirementResult): Markup {
  const { language } = page
  return html`<div class="entry"><span class="id">${id}</span><div class="title">${title[language]} <span class="soft">${referenceText(where)[language]}</span><details><summary>${page.say(WORDS.reasonsAndMissing)}</summary>
<ul>${result.reasons.map((it) => html`<li>${it.text[language]}${page.links(it.evidence)}</li>`)}</ul>
<p>${page.say(WORDS.missing)}:</p><ul>${result.missing.map((it) => html`<li>${it.what[language]}</li>`)}</ul></details></div></div>`
}

function verdict(page: Page, { result }: RequirementResult): Markup {
  return html`${page.verdict(result.verdict)}<br><span class="soft">${page.say(SOURCE_STATUS_WORDS[result.sourceStatus])}</span>`
}
