import type { Missing, ProvisionResult } from '@messlatte/model'
import { type ColumnKey, columnName, columnsOf, judgesProvisions, verdictIn } from '../view/columns.ts'
import { mergedReasons } from '../view/findings.ts'
import {
  INPUT_WORDS,
  PARTY_WORDS,
  SOURCE_STATUS_WORDS,
  STATUS_WORDS,
  VERDICT_MEANINGS,
  VERDICTS,
  WORDS,
} from '../words.ts'
import { html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { section, table } from './section.ts'

/** Every provision: the standard alone beside each profile, with reasons folded away. */
export function provisions(page: Page): Markup {
  const columns = columnsOf(page.result).filter((it) => judgesProvisions(page.result, it))
  const titles = [page.say(WORDS.provision), ...columns.map((it) => columnName(it, page.language))]
  const rows = page.result.assessment.provisions.map((it) => [
    label(page, it, columns),
    ...columns.map((column) => side(page, it, column)),
  ])
  const caption = `${page.say(WORDS.provisions)} (${rows.length})`
  const content = html`${meanings(page)}${table('stack provisions', caption, titles, rows)}`
  return section(page, 'provisions', WORDS.provisions, content, page.say(WORDS.provisionsLead))
}

function meanings(page: Page): Markup {
  const titles = [WORDS.verdict, WORDS.meaning].map((it) => page.say(it))
  const rows = VERDICTS.map((it) => [page.verdict(it), page.say(VERDICT_MEANINGS[it])])
  return html`<details><summary>${page.say(WORDS.meanings)}</summary>${table('stack meanings', page.say(WORDS.meanings), titles, rows)}</details>`
}

function label(page: Page, provision: ProvisionResult, columns: readonly ColumnKey[]): Markup {
  const verdicts = columns.flatMap((column) => verdictIn(provision, column) ?? [])
  const reasons = mergedReasons(verdicts)
  const missing = unique(verdicts.flatMap((it) => it.missing))
  const folded =
    reasons.length + missing.length === 0
      ? undefined
      : html`<details><summary>${page.say(missing.length === 0 ? WORDS.reasons : WORDS.reasonsAndMissing)}</summary>
<ul>${reasons.map((it) => html`<li>${it.text[page.language]}${page.links(it.evidence)}</li>`)}</ul>
${missing.length === 0 ? undefined : html`<p>${page.say(WORDS.missing)}:</p><ul>${missing.map((it) => missingItem(page, it))}</ul>`}</details>`
  return html`<div class="entry"><span class="id">${provision.id}</span><div class="title">${provision.title[page.language]}${folded}</div></div>`
}

function missingItem(page: Page, missing: Missing): Markup {
  const who = page.say(PARTY_WORDS[missing.who])
  return html`<li>${missing.what[page.language]} <span class="soft">${who} · ${page.say(INPUT_WORDS[missing.input])}</span></li>`
}

function side(page: Page, provision: ProvisionResult, column: ColumnKey): Markup {
  const verdict = verdictIn(provision, column)
  if (verdict === undefined) return html`–`
  const status = page.say(STATUS_WORDS[verdict.status])
  const source = 'sourceStatus' in verdict ? ` · ${page.say(SOURCE_STATUS_WORDS[verdict.sourceStatus])}` : ''
  const raised = 'sourceStatus' in verdict && verdict.status !== provision.baseline.status
  return html`${page.verdict(verdict.verdict)}<br><span class="${raised ? 'raised' : 'soft'}">${status}${source}</span>`
}

function unique(missing: readonly Missing[]): readonly Missing[] {
  return [...new Map(missing.map((it) => [`${it.who} ${it.input} ${it.what.en}`, it])).values()]
}
