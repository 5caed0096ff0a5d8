import type { Evidence } from '@messlatte/model'
import { bytes, whole } from '../figures.ts'
import type { NumberedEvidence } from '../view/numbering.ts'
import { CONFIDENCE_WORDS, LEVEL_WORDS, POLARITY_WORDS, WORDS } from '../words.ts'
import { breakable, html, type Markup } from './markup.ts'
import { MOST_EVIDENCE, type Page } from './page.ts'
import { section } from './section.ts'

const MOST_OBSERVED = 6000

/** Every observation with all that is needed to repeat it, folded to its title. */
export function evidence(page: Page): Markup {
  const all = page.evidence
  if (all.length === 0) {
    return section(page, 'evidence', WORDS.evidence, html`<p>${page.say(WORDS.noEvidence)}</p>`)
  }
  const content = html`<ul class="evidence plain">${page.list(all, MOST_EVIDENCE, (it) => entry(page, it))}</ul>`
  return section(page, 'evidence', WORDS.evidence, content, page.say(WORDS.evidenceLead))
}

function entry(page: Page, { number, evidence: it }: NumberedEvidence): Markup {
  const level = it.level === undefined ? undefined : html` <b class="level">${it.level}</b>`
  return html`<li><details><summary><span class="id">[${number}]</span> ${it.title[page.language]}${level} <span class="soft">${page.say(POLARITY_WORDS[it.polarity])}</span></summary>
<dl class="rows" id="evidence-${number}">${rows(page, it).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></details></li>\n`
}

function rows(page: Page, it: Evidence): readonly (readonly [string, Markup])[] {
  const { language } = page
  const range = page.say(WORDS.range, {
    offset: whole(it.offset, language),
    length: bytes(it.length, language),
  })
  const seen = JSON.stringify(it.observation, null, 2)
  const level = it.level === undefined ? undefined : `${it.level}: ${page.say(LEVEL_WORDS[it.level])}`
  const check = page.say(WORDS.checkVersion, { check: it.check, version: it.checkVersion })
  const all: readonly (readonly [string, Markup | undefined])[] = [
    [page.say(WORDS.place), html`<code>${breakable(it.path)}</code> <span class="soft">${range}</span>`],
    [page.say(WORDS.digest), html`<code class="digest">${it.sha256}</code>`],
    [page.say(WORDS.observation), html`<pre lang="en">${lines(cut(seen))}</pre>`],
    [page.say(WORDS.level), level === undefined ? undefined : html`${level}`],
    [
      page.say(WORDS.confidence),
      html`${page.say(CONFIDENCE_WORDS[it.confidence.grade])}: ${it.confidence.reason[language]}`,
    ],
    [
      page.say(WORDS.overturn),
      it.overturnedBy === undefined ? undefined : html`${it.overturnedBy[language]}`,
    ],
    [
      page.say(WORDS.provisions),
      html`${it.provisions.map((ref) => `${ref.id} (${ref.edition})`).join(', ')}`,
    ],
    [
      page.say(WORDS.testCases),
      it.cases.length === 0
        ? undefined
        : html`${it.cases.map((ref) => `${ref.id} (${ref.spec})`).join(', ')}`,
    ],
    [page.say(WORDS.check), html`${check} · <code>${it.kind}</code>`],
    [page.say(WORDS.evidenceId), html`<code class="digest">${it.id}</code>`],
  ]
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}

/** The line breaks are JSON's own; inside its strings they are escaped. */
function lines(text: string): readonly Markup[] {
  return text.split('\n').map((it) => html`${it}\n`)
}

function cut(text: string): string {
  return text.length > MOST_OBSERVED ? `${text.slice(0, MOST_OBSERVED)}…` : text
}
