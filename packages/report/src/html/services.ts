import type { Service } from '@messlatte/model'
import { WORDS } from '../words.ts'
import { breakable, html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { section, table } from './section.ts'

const MOST = 500

/** What starts with the system. */
export function services(page: Page): Markup {
  const all = page.result.services
  if (all.length === 0)
    return section(page, 'services', WORDS.services, html`<p>${page.say(WORDS.noServices)}</p>`)
  const titles = [WORDS.service, WORDS.command, WORDS.starts, WORDS.listens, WORDS.startedBy].map((it) =>
    page.say(it),
  )
  const cut = all.length - MOST
  const rows = all.slice(0, MOST).map((it) => row(page, it))
  const content = html`${table('stack listing', page.say(WORDS.services), titles, rows)}${cut > 0 ? html`<p class="more">${page.more(cut)}</p>` : undefined}`
  return section(page, 'services', WORDS.services, content, page.say(WORDS.servicesLead))
}

function row(page: Page, service: Service): readonly (Markup | string)[] {
  const { when, conditions, listens, chain, user } = service
  const ports = listens.map(({ protocol, port }) => `${port}/${protocol}`).join(', ')
  return [
    service.title,
    html`<code>${breakable(service.command)}</code>${user === null ? undefined : html` <span class="soft">${page.say(WORDS.asUser, { user })}</span>`}`,
    when === 'always'
      ? page.say(WORDS.always)
      : html`${page.say(WORDS.onCondition)} <code>${breakable(conditions.join(' && '))}</code>`,
    ports === '' ? '–' : ports,
    html`<code>${breakable(chain.join(' → '))}</code>`,
  ]
}
