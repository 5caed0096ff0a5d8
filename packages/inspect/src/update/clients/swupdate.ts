import { below, EMPTY } from './empty.ts'
import type { ClientConfiguration } from './facts.ts'

// SWUpdate: swupdate.cfg (libconfig) and the snippets that its start script reads. Names of settings: the project's
// documentation, "swupdate.cfg" and "Command line parameters"; limits of versions: core/swupdate.c, read_updatetype_settings.

interface Entry {
  readonly section: string
  readonly key: string
  readonly value: string
  readonly offset: number
  readonly length: number
}

const MOST_LINES = 5_000

/** Comments of several lines, with as many spaces in their place. */
function withoutComments(text: string): string {
  let [shown, at] = ['', 0]
  for (let open = text.indexOf('/*'); open >= 0; open = text.indexOf('/*', at)) {
    const close = text.indexOf('*/', open + 2)
    const end = close < 0 ? text.length : close + 2
    shown += text.slice(at, open) + text.slice(open, end).replace(/[^\n]/g, ' ')
    at = end
  }
  return shown + text.slice(at)
}

/** The settings and openings of groups that stand in one line, without its comment. */
function statementsOf(line: string): readonly string[] {
  const found: string[] = []
  let from = 0
  for (const { 0: mark, index } of line.matchAll(/"[^"]*"|\/\/|#|[{};]/g)) {
    if (mark.startsWith('"')) continue
    if (mark === '#' || mark === '//') return [...found, line.slice(from, index)]
    found.push(line.slice(from, index + 1))
    from = index + 1
  }
  return [...found, line.slice(from)]
}

/** Settings of a libconfig file under the name of their group, with the line that each stands in as its place. */
function entriesOf(source: string): readonly Entry[] {
  const text = withoutComments(source)
  const found: Entry[] = []
  let section = ''
  let offset = 0
  for (const line of text.split('\n', MOST_LINES)) {
    for (const statement of statementsOf(line.slice(0, 4_000))) {
      const trimmed = statement.trim()
      const group = /^([\w-]+)\s*[:=][{(\s]*$/.exec(trimmed)?.[1]
      const match = /^([\w-]+)\s*[:=]\s*(?:"([^"]*)"?|([^;]*))/.exec(trimmed)
      if (group !== undefined) section = group
      else if (match?.[1] !== undefined)
        found.push({
          section,
          key: match[1],
          value: (match[2] ?? match[3] ?? '').trim(),
          offset,
          length: line.length,
        })
    }
    offset += line.length + 1
  }
  return found
}

/** Types of updates have limits of their own, which hold for images that name the type. */
const TYPES = 'update-types'
const DEFAULT = /^(?!update-types$)/

/** Below, above and equal to which versions an image is refused. */
function limitsOf(
  value: (name: string) => string | undefined,
  typed: boolean,
): ClientConfiguration['details'] {
  const told = [
    ['noDowngrading', value('no-downgrading')],
    ['maxVersion', value('max-version')],
    ['noReinstalling', value('no-reinstalling')],
    ['updateTypes', typed ? 'yes' : undefined],
  ] as const
  return Object.fromEntries(
    told.flatMap(([name, one]) => (one === undefined || one === '' ? [] : [[name, one] as const])),
  )
}

const SOURCES = /^(?:download|suricatta|delta)$/

export function swupdate(text: string): ClientConfiguration {
  const all = entriesOf(text)
  const find = (key: string, section?: RegExp) =>
    all.find((one) => one.key === key && (!section || section.test(one.section)))
  const key = find('public-key-file') ?? find('ca-path')
  const poll = find('polldelay', /^suricatta$/)
  const authorities = find('cafile', /^suricatta$/)
  const page = all.find(({ section }) => section === 'webserver')
  return {
    ...EMPTY,
    client: 'swupdate',
    verification: key ? 'required' : 'unknown',
    keys: key ? [{ path: below(key.value), offset: key.offset, length: key.length }] : [],
    sources: all
      .filter((one) => one.key === 'url' && SOURCES.test(one.section))
      .map(({ value, offset, length }) => ({ url: value, offset, length })),
    tlsUnchecked: find('nocheckcert')?.value === 'true',
    details: limitsOf(
      (name) => find(name, DEFAULT)?.value,
      all.some(({ section }) => section === TYPES),
    ),
    ...(authorities ? { authorities: { path: authorities.value, ...placeOf(authorities) } } : {}),
    ...(poll
      ? {
          automatic: [
            {
              by: 'daemon',
              byDefault: find('enable', /^suricatta$/)?.value === 'true' ? 'on' : 'unknown',
              interval: `${poll.value} s`,
              does: 'installs',
              ...placeOf(poll),
            },
          ],
        }
      : {}),
    ...(page ? { local: [{ protocol: 'web-page', ...placeOf(page) }] } : {}),
  }
}

function placeOf({ offset, length }: Entry) {
  return { offset, length }
}

const LIMITS: Readonly<Record<string, RegExp>> = {
  'no-downgrading': /(?:^|\s)(?:-N|--no-downgrading)[ =]?(\d\S*)/,
  'max-version': /(?:^|\s)--max-version[ =](\d\S*)/,
  'no-reinstalling': /(?:^|\s)(?:-R|--no-reinstalling)[ =]?(\d\S*)/,
}

/** `SWUPDATE_ARGS="-k /etc/key.pem"`, `SWUPDATE_SURICATTA_ARGS="-u http://…"`, `SWUPDATE_WEBSERVER_ARGS="-r /www"`. */
export function swupdateArguments(text: string): ClientConfiguration | undefined {
  const lines = [...text.matchAll(/^[ \t]*(?:export[ \t]+)?(SWUPDATE_\w+)=["']?([^"'\n]{0,1000})/gm)].map(
    ([whole, name = '', value = ''], at) => ({ name, value, at, offset: 0, length: whole.length }),
  )
  if (lines.length === 0) return undefined
  const placed = [...text.matchAll(/^[ \t]*(?:export[ \t]+)?SWUPDATE_\w+=/gm)].map(({ index }) => index)
  const settings = lines.map((one, at) => ({ ...one, offset: placed[at] ?? 0 }))
  const option = (pattern: RegExp, names = /./) => {
    for (const { name, value, offset, length } of settings) {
      const match = names.test(name) ? pattern.exec(value) : null
      if (match) return { value: match[1] ?? '', offset, length }
    }
    return undefined
  }
  const key = option(/(?:^|\s)(?:-k|--key)[ =]?(\/\S+)/)
  const address = /(?:^|\s)(?:-u|--url)[ =]?(\S+:\/\/\S+)/
  const url = option(address)
  const unchecked = option(/(?:^|\s)(-x|--nocheckcert)(?:\s|$)/, /SURICATTA/)
  const poll = option(/(?:^|\s)(?:-p|--polldelay)[ =]?(\d+)/, /SURICATTA/)
  // With an address the daemon asks its server, at an interval of its own where none is given.
  const daemon = poll ?? option(address, /SURICATTA/)
  const page = option(/(?:^|\s)(?:-r|--document-root|-p|--port)[ =]?(\S+)/, /WEBSERVER/)
  const place = ({ offset, length }: { readonly offset: number; readonly length: number }) => ({
    offset,
    length,
  })
  return {
    ...EMPTY,
    client: 'swupdate',
    verification: key ? 'required' : 'unknown',
    keys: key ? [{ path: below(key.value), ...place(key) }] : [],
    sources: url ? [{ url: url.value, ...place(url) }] : [],
    tlsUnchecked: unchecked !== undefined,
    details: limitsOf((name) => option(LIMITS[name] as RegExp)?.value, false),
    ...(daemon
      ? {
          automatic: [
            {
              by: 'daemon',
              byDefault: 'on',
              interval: poll ? `${poll.value} s` : null,
              does: 'installs',
              ...place(daemon),
            },
          ],
        }
      : {}),
    ...(page ? { local: [{ protocol: 'web-page', ...place(page) }] } : {}),
  }
}
