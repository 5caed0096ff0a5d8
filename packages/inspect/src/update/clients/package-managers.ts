import { EMPTY } from './empty.ts'
import type { ClientConfiguration } from './facts.ts'

// Configuration of apt and apk. Debian, sources.list(5), apt.conf(5), apt-secure(8); Alpine, apk-repositories(5).

type At = { readonly offset: number; readonly length: number }

const MOST_LINES = 5000
const MOST_LINE = 2000
const ON = /^(?:yes|true|1|on|enable|with)$/i

interface Line extends At {
  readonly text: string
}

function linesOf(text: string): readonly Line[] {
  let offset = 0
  return text.split('\n', MOST_LINES).map((line) => {
    const one = { text: line.slice(0, MOST_LINE).trim(), offset, length: line.length }
    offset += line.length + 1
    return one
  })
}

/** Sources of one line each, and those of paragraphs. Without `trusted` apt verifies; keys are those of `signed-by`. */
export function aptSources(text: string): ClientConfiguration | undefined {
  const lines = linesOf(text).filter((line) => line.text !== '' && !line.text.startsWith('#'))
  const options = lines.flatMap(optionsOf)
  const sources = lines.flatMap(({ text: line, ...at }) =>
    [...line.matchAll(/\b[a-z][a-z+]*:\/\/[^\s\]]{1,300}/g)]
      .filter(() => /^(?:deb|deb-src)\s|^URIs:/i.test(line))
      .map(([url]) => ({ url, ...at })),
  )
  if (sources.length === 0) return undefined
  const off = options.find(({ name, value }) => /^(?:trusted|allow-insecure)$/.test(name) && ON.test(value))
  return {
    ...EMPTY,
    client: 'apt',
    verification: off ? 'off' : 'required',
    keys: options.flatMap(({ name, value, at }) =>
      name === 'signed-by' && value.startsWith('/') ? [{ path: value.replace(/^\/+/, ''), ...at }] : [],
    ),
    sources: onceEach(sources),
    ...(off ? { details: { switchedOffBy: `${off.name}=${off.value}` } } : {}),
  }
}

/** Suites of one archive stand in lines of their own: its address is told where it stands first. */
function onceEach<T extends { readonly url: string }>(sources: readonly T[]): readonly T[] {
  return [...new Map(sources.toReversed().map((one) => [one.url, one])).values()].toReversed()
}

interface Option {
  readonly name: string
  readonly value: string
  readonly at: At
}

/** `[signed-by=… trusted=yes]` of a line, `Signed-By: …` of a paragraph. */
function optionsOf({ text, offset, length }: Line): readonly Option[] {
  const at = { offset, length }
  const inBrackets = /^deb(?:-src)?\s+\[([^\]]{1,500})\]/.exec(text)?.[1]
  if (inBrackets !== undefined)
    return inBrackets.split(/\s+/).flatMap((part) => {
      const [name, value] = part.split('=', 2)
      return name && value ? [{ name: name.toLowerCase(), value, at }] : []
    })
  const [, name, value] = /^(Signed-By|Trusted|Allow-Insecure):\s*(\S{1,300})/i.exec(text) ?? []
  return name && value ? [{ name: name.toLowerCase(), value, at }] : []
}

const SWITCHES_OFF =
  /\b(?:AllowUnauthenticated|AllowInsecureRepositories|AllowDowngradeToInsecureRepositories)\b\s*"?([a-z01]+)/i
const UNCHECKED = /\bVerify-(?:Peer|Host)\b\s*"?(?:false|no|0|off)\b/i

/** Settings that let apt take what nobody signed; a file without any says nothing. */
export function aptConf(text: string): ClientConfiguration | undefined {
  const lines = linesOf(text).filter((line) => !/^(?:\/\/|#)/.test(line.text))
  const off = lines.find(({ text: line }) => ON.test(SWITCHES_OFF.exec(line)?.[1] ?? ''))
  const tlsUnchecked = lines.some(({ text: line }) => UNCHECKED.test(line))
  const automatic = lines.flatMap(periodic)
  const notifications = lines.flatMap(mails)
  if (!off && !tlsUnchecked && automatic.length === 0 && notifications.length === 0) return undefined
  return {
    ...EMPTY,
    client: 'apt',
    verification: off ? 'off' : 'unknown',
    tlsUnchecked,
    automatic,
    notifications,
    ...(off
      ? {
          details: { switchedOffBy: off.text.slice(0, 200) },
          decidedAt: { offset: off.offset, length: off.length },
        }
      : {}),
  }
}

type Automatic = NonNullable<ClientConfiguration['automatic']>[number]

const DOES: Readonly<Record<string, Automatic['does']>> = {
  'Update-Package-Lists': 'checks',
  'Download-Upgradeable-Packages': 'downloads',
  'Unattended-Upgrade': 'installs',
}

/** `APT::Periodic::Unattended-Upgrade "1";`: every so many days, never with 0. */
function periodic({ text, offset, length }: Line): readonly Automatic[] {
  const [, name = '', value = ''] = /^APT::Periodic::([\w-]+)\s+"?(\w+)"?\s*;/.exec(text) ?? []
  const does = DOES[name]
  if (does === undefined) return []
  const isOff = value === '0'
  const interval = isOff ? null : /^\d+$/.test(value) ? `${value} d` : value
  return [{ by: 'setting', byDefault: isOff ? 'off' : 'on', interval, does, offset, length }]
}

function mails({ text, offset, length }: Line): NonNullable<ClientConfiguration['notifications']> {
  const address = /^Unattended-Upgrade::Mail\s+"([^"]{1,200})"/.exec(text)?.[1]
  return address === undefined ? [] : [{ channel: 'mail', tells: 'result', offset, length }]
}

/** apk verifies unless a command says otherwise. */
export function apkRepositories(text: string): ClientConfiguration | undefined {
  const sources = linesOf(text).flatMap(({ text: line, offset, length }) => {
    const url = /^(?:@\S+\s+)?([a-z]+:\/\/\S{1,300})/.exec(line)?.[1]
    return url === undefined ? [] : [{ url, offset, length }]
  })
  if (sources.length === 0) return undefined
  return { ...EMPTY, client: 'apk', verification: 'required', sources }
}
