import type { Evidence, ProvisionResult } from '@messlatte/model'
import { roughBytes, whole } from '../figures.ts'
import { columnName, columnsOf, verdictIn } from '../view/columns.ts'
import { type Finding, failingOf, othersOf } from '../view/findings.ts'
import { inLines } from '../view/observation.ts'
import { LEVEL_WORDS, SOURCE_STATUS_WORDS, STATUS_WORDS, WORDS } from '../words.ts'
import { breakable, html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { section, table } from './section.ts'

const MOST_FAILING = 68
const MOST_EVIDENCE = 12
const MOST_LINES = 8
const MOST_OBSERVED = 160

export function fails(page: Page): Markup {
  const failing = failingOf(page.result)
  if (failing.length === 0) {
    return section(page, 'fails', WORDS.fails, html`<p>${page.say(WORDS.nothingFails)}</p>`)
  }
  const told = new Set<Evidence>()
  const content = html`<ol class="findings plain">${page.list(
    failing,
    MOST_FAILING,
    (it) =>
      html`<li class="finding edge fail">${heading(page, it.provision)}${reasons(page, it)}${proofs(page, it, told)}${mending(page, it)}</li>`,
  )}</ol>`
  return section(page, 'fails', WORDS.fails, content, page.say(WORDS.failsLead))
}

export function others(page: Page): Markup {
  const content = html`<ul class="findings plain">${page.list(othersOf(page.result), MOST_FAILING, (it) => {
    const verdict = verdictIn(it.provision, it.columns[0] ?? 'baseline')?.verdict ?? 'open'
    return html`<li class="finding edge ${verdict}">${heading(page, it.provision)}${reasons(page, it)}${mending(page, it)}</li>`
  })}</ul>`
  const none = html`<p>${page.say(WORDS.noOthers)}</p>`
  return section(page, 'others', WORDS.others, othersOf(page.result).length === 0 ? none : content)
}

function heading(page: Page, provision: ProvisionResult): Markup {
  const sides = columnsOf(page.result)
    .toReversed()
    .flatMap((column) => {
      const verdict = verdictIn(provision, column)
      if (verdict === undefined) return []
      const raised = 'sourceStatus' in verdict && verdict.status !== provision.baseline.status
      const source = raised
        ? `, ${page.say(WORDS.source, { status: page.say(SOURCE_STATUS_WORDS[verdict.sourceStatus]) })}`
        : ''
      return html`<li><span class="side">${columnName(column, page.language)}</span> ${page.verdict(verdict.verdict)} <span class="soft">${page.say(STATUS_WORDS[verdict.status])}${source}</span></li>`
    })
  return html`<h3><span class="id">${provision.id}</span> ${provision.title[page.language]}</h3><ul class="sidelist plain">${sides}</ul>`
}

function reasons(page: Page, finding: Finding): readonly Markup[] {
  return finding.reasons.map((it) => html`<p>${it.text[page.language]}${page.links(it.evidence)}</p>`)
}

function mending(page: Page, { mending }: Finding): Markup | undefined {
  if (mending === null) return undefined
  return html`<p class="mending">${page.say(WORDS.mending, { how: mending[page.language] })}</p>`
}

/** Evidence is shown in full where it comes first; after that by its number. */
function proofs(page: Page, finding: Finding, told: Set<Evidence>): Markup {
  if (finding.evidence.length === 0) return html`<p class="soft">${page.say(WORDS.withoutEvidence)}</p>`
  const again = finding.evidence.filter((it) => told.has(it)).slice(0, MOST_EVIDENCE)
  const fresh = finding.evidence.filter((it) => !told.has(it))
  const shown = fresh.slice(0, MOST_EVIDENCE)
  for (const it of shown) told.add(it)
  const titles = [WORDS.finding, WORDS.place, WORDS.proof, WORDS.overturn].map((it) => page.say(it))
  const caption = `${page.say(WORDS.evidence)}: ${finding.provision.id}`
  const rows = shown.map((it) => proof(page, it))
  const cut = fresh.length - shown.length
  return html`${rows.length === 0 ? undefined : table('stack proofs', caption, titles, rows)}
${again.map((it) => html`<p class="told soft">${it.title[page.language]}: ${page.say(WORDS.seeEvidence, { number: page.numberOf(it) })}</p>`)}
${cut > 0 ? html`<p class="more">${page.more(cut)}</p>` : undefined}`
}

function proof(page: Page, evidence: Evidence): readonly Markup[] {
  const { language } = page
  const range = page.say(WORDS.range, {
    offset: whole(evidence.offset, language),
    length: roughBytes(evidence.length, language),
  })
  const level =
    evidence.level === undefined
      ? undefined
      : html`<p><b class="level">${evidence.level}</b> ${page.say(LEVEL_WORDS[evidence.level])}</p>`
  const seen = inLines(evidence.observation, MOST_LINES, MOST_OBSERVED).map(
    ([key, value]) =>
      html`<li>${key === '' ? undefined : html`<span class="soft">${key}</span> `}${value}</li>`,
  )
  return [
    html`${evidence.title[language]}${page.links([evidence.id])}`,
    html`<code>${breakable(evidence.path)}</code><br><span class="soft">${range}</span>`,
    html`${level}<ul class="seen plain" lang="en">${seen}</ul><p class="soft">SHA-256 <code title="${evidence.sha256}">${evidence.sha256.slice(0, 16)}…</code></p>`,
    html`${evidence.overturnedBy?.[language] ?? page.say(WORDS.noOverturn)}`,
  ]
}
