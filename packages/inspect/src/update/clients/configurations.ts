import type { Artefact } from '../../contract.ts'
import { lineAt } from '../mechanism/lines.ts'
import { parseObject } from '../package/json.ts'
import type { ClientConfiguration, Setting } from './facts.ts'
import { apkRepositories, aptConf, aptSources } from './package-managers.ts'

type Reader = (text: string) => ClientConfiguration | undefined

const EMPTY: Omit<ClientConfiguration, 'client' | 'verification'> = {
  keys: [],
  sources: [],
  tlsUnchecked: false,
  slots: [],
  slotsAt: null,
  details: {},
}

/** Configuration files of update clients, and how each is read. */
const READERS: readonly (readonly [pattern: RegExp, read: Reader])[] = [
  [/^(?:.*\/)?etc\/rauc\/system\.conf$/, rauc],
  [/^(?:.*\/)?etc\/swupdate(?:\.cfg|\/swupdate\.cfg|\/conf\.d\/[^/]+)$/, swupdate],
  [/^(?:.*\/)?(?:etc|data|var\/lib)\/mender\/mender\.conf$/, mender],
  [/^(?:.*\/)?etc\/opkg(?:\.conf|\/[^/]+\.conf)$/, opkg],
  [/^(?:.*\/)?lib\/upgrade\/platform\.sh$/, sysupgrade],
  [/^(?:.*\/)?etc\/apt\/(?:sources\.list|sources\.list\.d\/[^/]+\.(?:list|sources))$/, aptSources],
  [/^(?:.*\/)?etc\/apt\/apt\.conf(?:\.d\/[^/]+)?$/, aptConf],
  [/^(?:.*\/)?etc\/apk\/repositories$/, apkRepositories],
]

export const CONFIGURATION_FILES: readonly RegExp[] = READERS.map(([pattern]) => pattern)

export function readConfiguration(artefact: Artefact): ClientConfiguration | undefined {
  const text = artefact.text()
  const read = READERS.find(([pattern]) => pattern.test(artefact.inner))?.[1](text)
  if (!read) return undefined
  const placed = <T extends Setting>(one: T): T => ({ ...one, line: lineAt(text, one.offset) })
  return {
    ...read,
    keys: read.keys.map(placed),
    sources: read.sources.map(placed),
    slotsAt: read.slotsAt && placed(read.slotsAt),
  }
}

interface IniSetting {
  readonly section: string
  readonly key: string
  readonly value: string
  readonly offset: number
  readonly length: number
}

const MOST_LINES = 10_000

/** Lines of an INI file; comments go. */
function settings(text: string, separator: RegExp): readonly IniSetting[] {
  const found: IniSetting[] = []
  let section = ''
  let offset = 0
  for (const line of text.split('\n', MOST_LINES)) {
    const trimmed = line.trim()
    const heading = /^\[(.*)\]$/.exec(trimmed)?.[1]
    if (heading !== undefined) {
      section = heading
      found.push({ section, key: '', value: '', offset, length: line.length })
    } else if (trimmed !== '' && !/^[#;]|^\/\//.test(trimmed)) {
      const at = trimmed.search(separator)
      const key = at < 0 ? trimmed : trimmed.slice(0, at)
      const value = at < 0 ? '' : trimmed.slice(at).replace(separator, '').trim()
      found.push({
        section,
        key: key.trim(),
        value: value.replace(/^["']|["'];?$|;$/g, ''),
        offset,
        length: line.length,
      })
    }
    offset += line.length + 1
  }
  return found
}

function below(path: string): string {
  return path.replace(/^\/+/, '')
}

/** RAUC, system.conf: a bundle is always verified against the keyring. */
function rauc(text: string): ClientConfiguration {
  const all = settings(text, /=/)
  const value = (section: string, key: string) =>
    all.find((one) => one.section === section && one.key === key)
  const keyring = value('keyring', 'path')
  const slots = all.filter((one) => one.key === '' && /^slot\./.test(one.section))
  const first = slots[0]
  const details = Object.fromEntries(
    [
      ['compatible', value('system', 'compatible')],
      ['bootloader', value('system', 'bootloader')],
      ['bundleFormats', value('system', 'bundle-formats')],
      ['checkPurpose', value('keyring', 'check-purpose')],
      ['checkCrl', value('keyring', 'check-crl')],
      ['minBundleVersion', value('system', 'min-bundle-version')],
    ].flatMap(([name, setting]) => (typeof setting === 'object' ? [[name, setting.value]] : [])),
  ) as Record<string, string>
  return {
    ...EMPTY,
    client: 'rauc',
    verification: 'always',
    keys: keyring ? [{ path: below(keyring.value), offset: keyring.offset, length: keyring.length }] : [],
    slots: slots.map((slot) => slot.section.replace(/^slot\./, '')),
    slotsAt: first ? { offset: first.offset, length: first.length } : null,
    details,
  }
}

/** SWUpdate: libconfig, or arguments in a shell snippet. Without a key it takes unsigned images where it was built to. */
function swupdate(text: string): ClientConfiguration {
  const all = settings(text, /[=:]/)
  const key = all.find((one) => one.key === 'public-key-file' || one.key === 'ca-path')
  const argument = /-k[ =]?["']?(\/[\w./-]+)/.exec(text)
  const url = all.find((one) => one.key === 'url')
  const least = all.find((one) => one.key === 'no-downgrading')
  return {
    ...EMPTY,
    details: least ? { noDowngrading: least.value } : {},
    client: 'swupdate',
    verification: key || argument ? 'required' : 'unknown',
    keys: key
      ? [{ path: below(key.value), offset: key.offset, length: key.length }]
      : argument
        ? [{ path: below(argument[1] as string), offset: argument.index, length: argument[0].length }]
        : [],
    sources: url ? [{ url: url.value, offset: url.offset, length: url.length }] : [],
  }
}

/** Mender: without ArtifactVerifyKey artifacts are not verified. */
function mender(text: string): ClientConfiguration | undefined {
  const conf = parseObject(text)
  if (!conf) return undefined
  const keys = [
    conf.ArtifactVerifyKey,
    ...(Array.isArray(conf.ArtifactVerifyKeys) ? conf.ArtifactVerifyKeys : []),
  ].filter((one): one is string => typeof one === 'string')
  const servers = [
    conf.ServerURL,
    ...(Array.isArray(conf.Servers)
      ? conf.Servers.map((one) => (one as { ServerURL?: unknown })?.ServerURL)
      : []),
  ]
  const at = (value: string) => ({ offset: Math.max(0, text.indexOf(value)), length: value.length })
  const https =
    typeof conf.HttpsClient === 'object' && conf.HttpsClient !== null
      ? (conf.HttpsClient as { SkipVerify?: unknown })
      : {}
  return {
    ...EMPTY,
    client: 'mender',
    verification: keys.length > 0 ? 'required' : 'off',
    keys: keys.map((path) => ({ path: below(path), ...at(path) })),
    sources: servers
      .filter((one): one is string => typeof one === 'string')
      .map((url) => ({ url, ...at(url) })),
    tlsUnchecked: conf.SkipVerify === true || https.SkipVerify === true,
  }
}

/** opkg: feeds, and whether their lists are verified. */
function opkg(text: string): ClientConfiguration | undefined {
  const all = settings(text, /\s+/)
  const feeds = all.filter((one) => /^src(?:\/gz)?$/.test(one.key))
  const check = all.find((one) => one.key === 'option' && /^check_signature\b/.test(one.value))
  if (feeds.length === 0 && !check) return undefined
  const on = check !== undefined && !/\b(?:0|false|no)\b/.test(check.value.replace('check_signature', ''))
  return {
    ...EMPTY,
    client: 'opkg',
    // Feeds and options may stand in different files: the reduce phase decides over both.
    verification: check === undefined ? 'unknown' : on ? 'required' : 'off',
    sources: feeds.map((feed) => ({
      url: feed.value.split(/\s+/)[1] ?? '',
      offset: feed.offset,
      length: feed.length,
    })),
  }
}

/** OpenWrt's sysupgrade: whether a signature is demanded. */
function sysupgrade(text: string): ClientConfiguration {
  const required = /^[^#\n]*\bREQUIRE_IMAGE_SIGNATURE=1\b/m.test(text)
  return { ...EMPTY, client: 'sysupgrade', verification: required ? 'required' : 'unknown' }
}
