import { type Ask, asksOf } from '../view/asks.ts'
import { INPUT_WORDS, PARTY_WORDS, TRAIT_ORIGIN_WORDS, TRAIT_WORDS, WORDS } from '../words.ts'
import { html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { section, table } from './section.ts'

const MOST_ASKS = 40
const MOST_IDS = 12
const MOST_QUESTIONS = 13

export function asks(page: Page): Markup {
  const parties = asksOf(page.result)
  const none = html`<p>${page.say(WORDS.noAsks)}</p>`
  const cards = html`<div class="cards asks">${parties.map(
    ({ party, asks: own }) =>
      html`<article class="card"><h3>${page.say(PARTY_WORDS[party])}</h3><ul class="ticks plain">${page.list(own, MOST_ASKS, (it) => ask(page, it))}</ul></article>`,
  )}</div>`
  return section(page, 'asks', WORDS.asks, parties.length === 0 ? none : cards, page.say(WORDS.asksLead))
}

export function questions(page: Page): Markup {
  const { questions: list, traits } = page.result.assessment
  const asked = html`<ol class="questions">${page.list(list, MOST_QUESTIONS, (it) => {
    const closes = page.say(WORDS.closes, { count: it.provisions.length, ids: inShort(it.provisions) })
    return html`<li>${it.question[page.language]} <span class="soft">${closes}</span></li>`
  })}</ol>`
  const titles = [WORDS.trait, WORDS.value, WORDS.origin].map((it) => page.say(it))
  const rows = traits.map((it) => [
    html`${page.say(TRAIT_WORDS[it.id])} <code class="soft">${it.id}</code>`,
    html`<b>${page.say(it.value === null ? WORDS.unknown : it.value ? WORDS.yes : WORDS.no)}</b>`,
    html`${page.say(TRAIT_ORIGIN_WORDS[it.origin])}${page.links(it.because)}`,
  ])
  const known = rows.length === 0 ? undefined : table('stack traits', page.say(WORDS.traits), titles, rows)
  const none = html`<p>${page.say(WORDS.noQuestions)}</p>`
  return section(page, 'questions', WORDS.questions, html`${list.length === 0 ? none : asked}${known}`)
}

function ask(page: Page, { missing, provisions }: Ask): Markup {
  const more = provisions.length - MOST_IDS
  const ids = provisions.slice(0, MOST_IDS).join(', ')
  const purpose = more > 0 ? page.say(WORDS.forMany, { ids, more }) : page.say(WORDS.forProvisions, { ids })
  return html`<li>${missing.what[page.language]}<br><span class="soft">${page.say(INPUT_WORDS[missing.input])} · ${purpose}</span></li>`
}

function inShort(ids: readonly string[]): string {
  return ids.length > MOST_IDS ? `${ids.slice(0, MOST_IDS).join(', ')}, …` : ids.join(', ')
}
