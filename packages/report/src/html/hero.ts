import { bytes, day } from '../figures.ts'
import { answersOf } from '../view/answers.ts'
import { cutOffSentence } from '../view/closing.ts'
import { columnsOf, judgesProvisions } from '../view/columns.ts'
import { opaqueSentence } from '../view/regions.ts'
import { staleSentence } from '../view/stale.ts'
import { EDITION_WORDS, PRODUCT_FIELDS, PRODUCT_WORDS, WORDS } from '../words.ts'
import { html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { rod } from './rod.ts'
import { MARK } from './signs.ts'

const MOST_FILES = 20

/** The question, the answer as far as there is one, and what they are about. */
export function hero(page: Page): Markup {
  const { result, language } = page
  const [first, ...others] = answersOf(result, language)
  const opaque = opaqueSentence(result, language)
  const stale = staleSentence(result, language)
  return html`<header class="hero">
<p class="brand">${MARK}<span>Messlatte</span><span class="soft">${result.tool.version}</span></p>
<p class="question">${first?.question ?? ''}</p>
<h1 class="${first?.kind ?? 'unknown'}">${first?.text ?? page.say(WORDS.title)}</h1>
${others.map((it) => html`<p class="answer">${it.question} <b>${it.text}</b></p>`)}
${result.assessment.profiles.map(
  (it) =>
    html`<p class="caveat">${it.caveat[language]} ${cutOffSentence(it, result.assessment.asOf, language)}</p>`,
)}
<div class="rods">${columnsOf(result)
    .filter((column) => judgesProvisions(result, column))
    .map((column) => rod(page, column))}<p class="soft">${page.say(WORDS.rod)}</p></div>
${stale === undefined ? undefined : html`<p class="warning">${stale}</p>`}
${opaque === undefined ? undefined : html`<p class="warning">${opaque}</p>`}
${facts(page)}
</header>`
}

function facts(page: Page): Markup {
  const { result, language } = page
  return html`<dl class="facts">
${PRODUCT_FIELDS.map((it) => {
  const stated = result.product[it]
  const value = stated === null ? html`<i class="soft">${page.say(WORDS.notStated)}</i>` : html`${stated}`
  return html`<div><dt>${page.say(PRODUCT_WORDS[it])}</dt><dd>${value}</dd></div>`
})}
<div><dt>${page.say(WORDS.asOf)}</dt><dd>${day(result.assessment.asOf, language)}</dd></div>
<div class="wide"><dt>${page.say(WORDS.standard)}</dt><dd>${page.say(EDITION_WORDS[result.assessment.catalogue.id])}</dd></div>
${result.assessment.profiles.map(
  (it) =>
    html`<div class="wide"><dt>${page.say(WORDS.profile)}</dt><dd>${it.id}: ${it.title[language]}</dd></div>`,
)}
<div class="wide"><dt>${page.say(result.images.length > 1 ? WORDS.files : WORDS.file)}</dt><dd><ul class="plain">
${page.list(
  result.images,
  MOST_FILES,
  (it) =>
    html`<li>${it.name} <span class="soft">${bytes(it.size, language)}</span><br><code class="digest">${it.sha256}</code></li>`,
)}
</ul></dd></div>
</dl>
${result.options.revealed ? html`<p class="warning">${page.say(WORDS.revealed)}</p>` : undefined}`
}
