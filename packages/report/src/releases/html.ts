import type { Language, ReleaseSide, ReleasesResult, Text } from '@messlatte/model'
import { bytes, day, roughBytes, whole } from '../figures.ts'
import { breakable, html, type Markup, raw } from '../html/markup.ts'
import { POLICY } from '../html/policy.ts'
import { section, table } from '../html/section.ts'
import { MARK } from '../html/signs.ts'
import { STYLE } from '../html/style.ts'
import { fill, type Values } from '../text.ts'
import { WORDS } from '../words.ts'
import { type Part, partsOf } from './view.ts'
import { RELEASES_WORDS as W } from './words.ts'

const MOST_ROWS = 1000

interface Speaker {
  readonly language: Language
  say(text: Text, values?: Values): string
}

/** The comparison of two releases as one file, under the rules of the check's report: no script, no network. */
export function renderReleasesHtml(result: ReleasesResult, language: Language): string {
  const page: Speaker = { language, say: (text, values) => fill(text, language, values) }
  const parts = partsOf(result, language)
  const { markup } = html`<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${page.say(W.title)}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<a class="skip" href="#worse">${page.say(WORDS.skip)}</a>
<header class="hero">
<p class="brand">${MARK}<span>Messlatte</span><span class="soft">${result.tool.version}</span></p>
<h1>${page.say(W.title)}</h1>
<p class="answer">${page.say(W.lead)}</p>
<dl class="facts">${side(page, W.old, result.old)}${side(page, W.new, result.new)}</dl>
</header>
<nav aria-label="${page.say(WORDS.contents)}"><ul class="plain">${[{ id: 'worse', title: page.say(W.worse) }, ...parts].map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main>
${result.notes.map((note) => html`<p class="warning">${note[language]}</p>`)}
${section(page, 'worse', W.worse, worse(page, result))}
${parts.map((part) => partMarkup(page, part))}
</main>
<footer><p class="last">${page.say(W.closing)}</p></footer>
</body>
</html>`
  return `<!doctype html>\n${markup}\n`
}

function side(page: Speaker, label: Text, { images, unpacked, source, tool, options }: ReleaseSide): Markup {
  const { language } = page
  const values = (image: ReleaseSide['images'][number]): Values => ({
    image: image.name,
    digest: image.sha256,
    size: bytes(image.size, language),
  })
  const inside = {
    files: whole(unpacked.files, language),
    unknown: roughBytes(unpacked.unknownBytes, language),
  }
  return html`<div class="wide"><dt>${page.say(label)}</dt><dd><ul class="plain">${images
    .slice(0, 20)
    .map(
      (image) => html`<li>${page.say(W.side, values(image))}</li>`,
    )}</ul><p class="soft">${page.say(W.inside, inside)}</p>${
    source === 'result'
      ? html`<p class="soft">${page.say(W.saved, { version: tool.version, day: day(options.asOf, language) })}</p>`
      : undefined
  }</dd></div>`
}

function worse(page: Speaker, result: ReleasesResult): Markup {
  if (result.worse.length === 0) return html`<p>${page.say(W.notWorse)}</p>`
  const cut = result.worse.length - MOST_ROWS
  return html`<ul>${result.worse
    .slice(0, MOST_ROWS)
    .map(({ text }) => html`<li>${breakable(text[page.language])}</li>`)}</ul>${more(page, cut)}`
}

function partMarkup(page: Speaker, { id, title, lead, headings, rows }: Part): Markup {
  const shown = rows.slice(0, MOST_ROWS).map((cells) => cells.map((cell) => html`${breakable(cell)}`))
  const content = html`${rows.length > 0 ? table('stack listing', title, headings, shown) : undefined}${more(page, rows.length - MOST_ROWS)}`
  return section(page, id, { en: title, de: title }, content, lead)
}

function more(page: Speaker, count: number): Markup | undefined {
  return count > 0 ? html`<p class="more">${page.say(WORDS.more, { count })}</p>` : undefined
}
