import { damageText } from '../damage/german.ts'
import { bytes, decimal, roughBytes, whole } from '../figures.ts'
import { aboutSentence, identityOf, lastLine } from '../view/closing.ts'
import { DAMAGE_WORDS, GUESS_WORDS, LIMIT_WORDS, WORDS } from '../words.ts'
import { maps } from './map.ts'
import { breakable, html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { section, table } from './section.ts'

const MOST = 50

/** How far the look went: formats, limits, damage and what no format claims. */
export function looked(page: Page): Markup {
  const { unpacked } = page.result
  const { language } = page
  const lead = page.say(WORDS.lookedLead, {
    files: whole(unpacked.files, language),
    artefacts: whole(unpacked.artefacts, language),
    bytes: roughBytes(unpacked.bytes, language),
    unknown: roughBytes(unpacked.unknownBytes, language),
    padding: roughBytes(unpacked.paddingBytes, language),
  })
  const partial = unpacked.partial ? html`<p class="warning">${page.say(WORDS.partial)}</p>` : undefined
  const content = html`${partial}${maps(page)}${formats(page)}${limits(page)}${damage(page)}${regions(page)}`
  return section(page, 'looked', WORDS.looked, content, lead)
}

function formats(page: Page): Markup | undefined {
  const opened = Object.entries(page.result.unpacked.formats).sort(([a], [b]) => (a < b ? -1 : 1))
  if (opened.length === 0) return undefined
  return html`<h3>${page.say(WORDS.formats)}</h3><ul class="tags plain">${opened.map(
    ([name, times]) => html`<li>${name} <span class="soft">× ${whole(times, page.language)}</span></li>`,
  )}</ul>`
}

function limits(page: Page): Markup {
  return listing(
    page,
    page.say(WORDS.limits),
    page.say(WORDS.noLimits),
    [WORDS.limit, WORDS.place, WORDS.cost].map((it) => page.say(it)),
    page.result.unpacked.limits,
    (it) => [page.say(LIMIT_WORDS[it.limit]), path(it.path), it.text[page.language]],
    page.result.unpacked.omitted?.limits,
  )
}

function damage(page: Page): Markup {
  return listing(
    page,
    page.say(WORDS.damage),
    page.say(WORDS.noDamage),
    [WORDS.kind, WORDS.place, WORDS.detail].map((it) => page.say(it)),
    page.result.unpacked.damage,
    (it) => [page.say(DAMAGE_WORDS[it.code]), path(it.path), damageText(it.message, page.language)],
    page.result.unpacked.omitted?.damage,
  )
}

function regions(page: Page): Markup {
  const { language } = page
  return listing(
    page,
    page.say(WORDS.regions),
    page.say(WORDS.noRegions),
    [WORDS.looksLike, WORDS.place, WORDS.size, WORDS.entropyShort].map((it) => page.say(it)),
    page.result.unpacked.unknown.toSorted((a, b) => b.length - a.length),
    (it) => [
      page.say(GUESS_WORDS[it.guess]),
      html`${path(it.path)} <span class="soft">${page.say(WORDS.at, { offset: whole(it.offset, language) })}</span>`,
      bytes(it.length, language),
      page.say(WORDS.entropy, {
        entropy: decimal(it.entropy, 3, language),
        chiSquare: whole(it.chiSquare, language),
      }),
    ],
    page.result.unpacked.omitted?.unknown,
  )
}

function listing<T>(
  page: Page,
  title: string,
  none: string,
  titles: readonly string[],
  items: readonly T[],
  cells: (item: T) => readonly (Markup | string)[],
  omitted = 0,
): Markup {
  if (items.length === 0) return html`<h3>${title}</h3><p>${none}</p>`
  const shown = items.slice(0, MOST)
  const cut = items.length - shown.length + omitted
  const rows = shown.map(cells)
  return html`<h3>${title}</h3>${table('stack listing', title, titles, rows)}${cut > 0 ? html`<p class="more">${page.more(cut)}</p>` : undefined}`
}

function path(text: string): Markup {
  return html`<code>${breakable(text)}</code>`
}

/** What the report is about, by what it was made, and what it leaves open. */
export function closing(page: Page): Markup {
  const titles = [WORDS.part, WORDS.name, WORDS.version, WORDS.digestShort].map((it) => page.say(it))
  const rows = identityOf(page.result, page.language).map((it) => [
    it.part,
    it.name,
    it.version,
    html`<code class="digest">${it.digest}</code>`,
  ])
  const keys = page.result.options.trustedKeys
  const trusted =
    keys.length === 0
      ? undefined
      : html`<h3>${page.say(WORDS.trustedKeys)}</h3><ul class="plain">${page.list(keys, MOST, (it) => html`<li><code class="digest">${it}</code></li>`)}</ul>`
  const content = html`<p>${aboutSentence(page.result, page.language)}</p>${table('stack listing', page.say(WORDS.identity), titles, rows)}${trusted}`
  return html`${section(page, 'identity', WORDS.identity, content)}
<p class="last">${lastLine(page.result, page.language)}</p>`
}
