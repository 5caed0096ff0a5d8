import type { MechanismPart, UpdateMechanism } from '@messlatte/model'
import { MECHANISM_WORDS, PART_SOURCE_WORDS, PART_WORDS } from '../mechanism-words.ts'
import { clientsIn, noMechanism, pathWithin, positionOf } from '../view/mechanisms.ts'
import { CONFIDENCE_WORDS, POLARITY_WORDS } from '../words.ts'
import { breakable, html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { section, table } from './section.ts'

const MOST_MECHANISMS = 30
const MOST_PARTS = 100
const NAME = 160

/** Each way of updating as a table of its parts. */
export function mechanisms(page: Page): Markup {
  const all = page.result.mechanisms
  const none = clientsIn(page.result).length === 0
  const cut = all.length - MOST_MECHANISMS
  const lead = none ? noMechanism(page.result, page.language) : page.say(MECHANISM_WORDS.lead)
  const content = html`${all.slice(0, MOST_MECHANISMS).map((it) => mechanismOf(page, it))}${cut > 0 ? html`<p class="more">${page.more(cut)}</p>` : undefined}`
  return section(page, 'mechanism', MECHANISM_WORDS.title, content, lead)
}

function mechanismOf(page: Page, { title, root, parts, open }: UpdateMechanism): Markup {
  const name = short(title[page.language])
  const titles = [MECHANISM_WORDS.part, MECHANISM_WORDS.found, MECHANISM_WORDS.place].map((it) =>
    page.say(it),
  )
  const rows = [
    ...parts.slice(0, MOST_PARTS).map((it) => row(page, it, root)),
    ...open.map(({ id, question }): readonly (Markup | string)[] => [
      page.say(PART_WORDS[id]),
      html`<span class="verdict open">${page.say(MECHANISM_WORDS.open)}</span> ${question[page.language]}`,
      '–',
    ]),
  ]
  const cut = parts.length - MOST_PARTS
  return html`<h3>${breakable(name)}${root === '' ? undefined : html` <code>${breakable(short(root))}</code>`}</h3>
${table('stack listing', name, titles, rows)}${cut > 0 ? html`<p class="more">${page.more(cut)}</p>` : undefined}`
}

function row(page: Page, part: MechanismPart, root: string): readonly (Markup | string)[] {
  const { id, statement, polarity, confidence, how, path, evidence, offset } = part
  const found = page.evidence.find(
    ({ evidence: it }) => it.kind === evidence && it.path === path && it.offset === offset,
  )
  const about = [PART_SOURCE_WORDS[how], CONFIDENCE_WORDS[confidence.grade]].map((it) => page.say(it))
  const tone = polarity === 'for' ? 'supported' : 'fail'
  return [
    page.say(PART_WORDS[id]),
    html`${statement[page.language]}${polarity === 'neutral' ? undefined : html` <span class="verdict ${tone}">${page.say(POLARITY_WORDS[polarity])}</span>`}${found && page.links([found.evidence.id])}`,
    html`<code>${breakable(short(pathWithin(root, path)))}</code> <span class="soft">${positionOf(part, page.language)} · ${about.join(' · ')}</span>`,
  ]
}

function short(text: string): string {
  return text.length > NAME ? `${text.slice(0, NAME)}…` : text
}
