import type { MapPart } from '@messlatte/model'
import { bytes, roughBytes, whole } from '../figures.ts'
import { type FileMap, mapsOf, titleOf } from '../view/map.ts'
import { WORDS } from '../words.ts'
import { breakable, html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { table } from './section.ts'

const MOST_FILES = 20
const MOST_PARTS = 100
const WIDTH = 1000
const HEIGHT = 26
/** So that a small part of a large file can still be seen. */
const LEAST_WIDTH = 1.5

/** Each file of the release as a bar of its regions, and the same as a table. */
export function maps(page: Page): Markup | undefined {
  const files = mapsOf(page.result.unpacked.map)
  if (files.length === 0) return undefined
  return html`<h3>${page.say(WORDS.map)}</h3>${page.list(files, MOST_FILES, (file) => fileMap(page, file))}`
}

function fileMap(page: Page, file: FileMap): Markup {
  const title = `${file.path}, ${roughBytes(file.size, page.language)}`
  const rows = file.parts
    .slice(0, MOST_PARTS)
    .map((part) => [
      whole(part.offset, page.language),
      bytes(part.length, page.language),
      titleOf(part, (text) => page.say(text)),
    ])
  const cut = file.parts.length - MOST_PARTS
  return html`<figure class="map"><figcaption>${breakable(title)}</figcaption>
<svg role="img" aria-label="${title}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">${file.parts.map((part) => rect(page, file, part))}</svg>
<details><summary>${page.say(WORDS.asTable)}</summary>${table('stack listing', title, [page.say(WORDS.from), page.say(WORDS.size), page.say(WORDS.what)], rows)}${cut > 0 ? html`<p class="more">${page.more(cut)}</p>` : undefined}</details></figure>`
}

function rect(page: Page, { size }: FileMap, part: MapPart): Markup {
  const x = (part.offset / size) * WIDTH
  const width = Math.max(LEAST_WIDTH, (part.length / size) * WIDTH - 1)
  const title = `${titleOf(part, (text) => page.say(text))}, ${roughBytes(part.length, page.language)}`
  return html`<rect class="part-${part.kind}" x="${x.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="${HEIGHT}"><title>${title}</title></rect>`
}
