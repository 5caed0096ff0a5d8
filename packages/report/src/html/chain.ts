import type { BootChain, ChainState, ChainStep } from '@messlatte/model'
import { CHAIN_STATE_WORDS, CHAIN_VERDICT_WORDS, CHAIN_WORDS, STRENGTH_WORDS } from '../chain-words.ts'
import { POLARITY_WORDS, WORDS } from '../words.ts'
import { breakable, html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { section } from './section.ts'

const MOST_CHAINS = 24
const MOST_PARTS = 20
const NAME = 160

/** The sign of a verdict that looks and means the same. */
const SIGNS: Readonly<Record<ChainState, string>> = {
  verified: 'supported',
  open: 'open',
  broken: 'fail',
  refused: 'not-applicable',
}

/** Each way of starting as a picture: steps from top to bottom, and between them what ties them, or that nothing does. */
export function chains(page: Page): Markup {
  const all = page.result.chains
  if (all.length === 0)
    return section(page, 'chain', CHAIN_WORDS.chain, html`<p>${page.say(CHAIN_WORDS.none)}</p>`)
  const content = html`<ul class="chains plain">${page.list(all, MOST_CHAINS, (it) => html`<li class="card">${chainOf(page, it)}</li>`)}</ul>`
  return section(page, 'chain', CHAIN_WORDS.chain, content, page.say(CHAIN_WORDS.lead))
}

function chainOf(page: Page, chain: BootChain): Markup {
  const { language } = page
  return html`<h3>${page.say(CHAIN_WORDS[chain.kind])}: ${breakable(short(chain.name))}</h3>
<p><b>${page.say(CHAIN_VERDICT_WORDS[chain.verdict])}.</b> ${chain.summary[language]}</p>
${alikeOf(page, chain)}<ol class="chain plain">${hardwareOf(page, chain)}${chain.steps.map((step, at) => stepOf(page, step, at))}</ol>`
}

/** Configurations that come to the same, named beside the one that is drawn. */
function alikeOf(page: Page, { alike }: BootChain): Markup | undefined {
  if (alike.length === 0) return undefined
  return html`<p class="soft">${page.say(CHAIN_WORDS.alike)} ${breakable(alike.map(short).join(', '))}</p>\n`
}

/** ROM and fuses come before everything, and no image shows them. */
function hardwareOf(page: Page, { hardware, root: state }: BootChain): Markup | undefined {
  if (hardware.length === 0) return undefined
  const isRead = hardware.some(({ answer }) => answer !== null)
  const lead = page.say(isRead ? CHAIN_WORDS.hardwareRead : CHAIN_WORDS.hardwareOpen)
  const questions = hardware.map(
    ({ question, command, answer }) =>
      html`<li>${question[page.language]} ${answer === null ? html`<code>${command[page.language]}</code>` : html`<b>${answer[page.language]}</b>`}</li>`,
  )
  return html`<li class="link ${SIGNS[state]}">${mark(state)}<div><h4>${page.say(CHAIN_WORDS.hardware)} ${word(page, state)}</h4>
<details><summary>${lead}</summary><ul>${questions}</ul></details></div></li>`
}

function stepOf(page: Page, step: ChainStep, at: number): Markup {
  const { state, title, name, reason, scheme, level, algorithm, after, parts } = step
  const by =
    after === null || after === at - 1 ? undefined : page.say(CHAIN_WORDS.verifiedBy, { step: after + 1 })
  const about = [scheme, algorithm, by].filter((it) => it != null)
  return html`<li class="link ${SIGNS[state]}">${tie(state)}${mark(state)}<div><h4><span class="id">${at + 1}</span> ${title[page.language]}${name === '' ? undefined : html` <span class="soft">${short(name)}</span>`} ${word(page, state)}</h4>
<p>${reason[page.language]}</p>
<p class="soft">${level === null ? undefined : html`<b class="level">${level}</b> `}${about.join(' · ')}</p>
<details><summary>${page.say(CHAIN_WORDS.details)}${parts[0] ? html`: <code>${breakable(short(parts[0].path))}</code>` : undefined}</summary>${details(page, step)}</details></div></li>\n`
}

/** The line that leads to a step: drawn through, dotted, or cut. The word beside it says the same. */
function tie(state: ChainState): Markup {
  return html`<svg class="tie" aria-hidden="true" focusable="false" viewBox="0 0 16 24"><path d="M8 0v24" class="line${state === 'verified' ? '' : ' loose'}"/>${state === 'broken' ? html`<path d="M3.5 7.5l9 9M12.5 7.5l-9 9" class="line break"/>` : undefined}</svg>`
}

function mark(state: ChainState): Markup {
  return html`<svg class="sign" aria-hidden="true" focusable="false" viewBox="0 0 16 16"><use href="#sign-${SIGNS[state]}"/></svg>`
}

function word(page: Page, state: ChainState): Markup {
  return html`<span class="verdict">${page.say(CHAIN_STATE_WORDS[state])}</span>`
}

function details(page: Page, step: ChainStep): Markup {
  const { language } = page
  const { strength, anchors, gaps, rollback, evidence } = step
  const seen = evidence
    ? page.evidence.find(
        ({ evidence: it }) =>
          it.kind === evidence.kind && it.path === evidence.path && it.offset === evidence.offset,
      )
    : undefined
  const all: readonly (readonly [string, Markup | undefined])[] = [
    [page.say(CHAIN_WORDS.covers), paths(page, step.parts)],
    [
      page.say(CHAIN_WORDS.gaps),
      gaps.length === 0
        ? undefined
        : html`${gaps.slice(0, MOST_PARTS).map((it) => html`<p><code>${breakable(short(it.path))}</code> ${it.name}: ${it.why[language]}</p>`)}`,
    ],
    [
      page.say(CHAIN_WORDS.strength),
      strength === null
        ? undefined
        : html`${page.say(STRENGTH_WORDS[strength.grade])}: ${strength.text[language]}${strength.source === null ? undefined : html` <span class="soft">${strength.source}</span>`}`,
    ],
    [
      page.say(CHAIN_WORDS.key),
      anchors.length === 0
        ? undefined
        : html`${anchors.map((it) => html`<p>${it.name === '' ? undefined : `${short(it.name)}: `}${it.lies[language]}${it.everybody ? html` <b>${page.say(CHAIN_WORDS.everybody)}</b>` : undefined}<br><code class="digest">${it.fingerprint}</code> <span class="soft">${it.form}</span></p>`)}`,
    ],
    [page.say(CHAIN_WORDS.demand), html`${step.demand[language]}`],
    [
      page.say(CHAIN_WORDS.rollback),
      rollback.length === 0
        ? undefined
        : html`${rollback.map((it) => html`<p>${it.name}: ${it.value === null ? page.say(CHAIN_WORDS.noValue) : short(String(it.value))} <span class="soft">${page.say(it.signed ? CHAIN_WORDS.signed : CHAIN_WORDS.unsigned)}</span></p>`)}`,
    ],
    [
      page.say(CHAIN_WORDS.repeat),
      step.repeat === null ? undefined : html`<code lang="en">${step.repeat}</code>`,
    ],
    [
      page.say(WORDS.evidence),
      seen &&
        html`${seen.evidence.title[language]} <span class="soft">${page.say(POLARITY_WORDS[seen.evidence.polarity])}</span>${page.links([seen.evidence.id])}`,
    ],
  ]
  return html`<dl class="rows">${all.flatMap(([name, value]) => (value === undefined ? [] : [html`<div><dt>${name}</dt><dd>${value}</dd></div>`]))}</dl>`
}

function paths(page: Page, parts: ChainStep['parts']): Markup {
  const cut = parts.length - MOST_PARTS
  return html`${parts.slice(0, MOST_PARTS).map((it) => html`<p>${it.title[page.language]}: <code>${breakable(short(it.path))}</code>${it.encrypted ? html` <b>${page.say(CHAIN_WORDS.encrypted)}</b>` : undefined}</p>`)}${cut > 0 ? html`<p class="more">${page.more(cut)}</p>` : undefined}`
}

function short(text: string): string {
  return text.length > NAME ? `${text.slice(0, NAME)}…` : text
}
