import type { Component } from '@messlatte/model'
import { SOURCE_WORDS, WORDS } from '../words.ts'
import { breakable, html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { section, table } from './section.ts'

const MOST = 1000

/** What the release is made of. */
export function components(page: Page): Markup {
  const all = page.result.components
  if (all.length === 0)
    return section(page, 'components', WORDS.components, html`<p>${page.say(WORDS.noComponents)}</p>`)
  const titles = [WORDS.component, WORDS.version, WORDS.knownBy, WORDS.place].map((it) => page.say(it))
  const rows = all.slice(0, MOST).map((it) => row(page, it))
  const cut = all.length - MOST
  const caption = page.say(WORDS.components)
  const content = html`${table('stack listing', caption, titles, rows)}${cut > 0 ? html`<p class="more">${page.more(cut)}</p>` : undefined}`
  return section(page, 'components', WORDS.components, content, page.say(WORDS.componentsLead))
}

function row(page: Page, component: Component): readonly (Markup | string)[] {
  const [first, ...others] = component.places
  const more = others.length > 0 ? html` <span class="soft">+ ${others.length}</span>` : undefined
  return [
    component.title,
    component.version === null
      ? html`<i class="soft">${page.say(WORDS.versionUnknown)}</i>`
      : html`${breakable(component.version)}`,
    page.say(SOURCE_WORDS[component.source]),
    first ? html`<code>${breakable(first.path)}</code>${more}` : '',
  ]
}
