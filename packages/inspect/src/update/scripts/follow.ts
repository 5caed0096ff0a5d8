import { LANGUAGES, type Language } from '../../calls/languages.ts'
import type { Facts, Place } from '../../contract.ts'
import { readUci } from '../../credentials/clear/settings/uci.ts'
import type { BootResult } from '../../services/boot/graph.ts'
import { type Evaluation, exploreScript, type Host } from '../../shell/script/evaluate.ts'
import { bootOf, pathIn } from '../mechanism/systems.ts'
import { withChosenDevices } from './devices.ts'
import './facts.ts'
import { interpretedRuns } from './interpreted.ts'
import { type ScriptUpdate, updateOf } from './update.ts'

const MOST_SCRIPTS = 300
const MOST_CALLERS = 40
const MOST_PRINTED = 300

/** A script that updates, and what was seen on the way through it. */
export interface FollowedScript {
  /** As its own system knows it. */
  readonly path: string
  readonly place: Place
  readonly update: ScriptUpdate
  /** Text and place of each script that was gone through, by its path. */
  readonly files: ReadonlyMap<string, { readonly text: string; readonly place: Place }>
}

/** Scripts and libraries of clients that have checks of their own. */
const OF_CLIENTS =
  /^\/(?:sbin\/sysupgrade|lib\/upgrade\/|usr\/(?:bin|sbin|lib)\/(?:apt|opkg|unattended-upgrade|fwupd|dpkg)|etc\/cron\.daily\/(?:apt|dpkg)|var\/lib\/dpkg\/|usr\/lib\/opkg\/info\/|usr\/share\/debconf)/

/** Names of the tools that scripts write to flash with: a script of that name is such a tool, not a mechanism. */
const TOOLS =
  /\/(?:mtd|flashcp|nandwrite|ubiupdatevol|flash_image|mtd_write|mtd_debug|wget|curl|uclient-fetch|dd|rauc|swupdate|opkg|apk)$/

/** Goes through every script that could matter, and those that call it with values of their own. */
export function followScripts(facts: Facts): readonly FollowedScript[] {
  const found = facts
    .of('update.script')
    .slice(0, MOST_SCRIPTS)
    .flatMap(({ place, data }) => {
      const path = pathIn(place)
      if (OF_CLIENTS.test(path)) return []
      const boot = bootOf(facts, place)
      const callers = boot && data.language === 'shell' ? callersOf(path, boot) : []
      return [{ path, place, ...data }, ...callers].flatMap((one) => followed(one, boot))
    })
  const whole = found.filter(({ path, place, update }) => {
    if (TOOLS.test(path)) return false
    const others = found.filter((one) => one.place.root === place.root && one.path !== path)
    // What another one sources and makes use of is part of that one.
    return !others.some(
      ({ files, update: other }) => files.has(path) && other.uses.length >= update.uses.length,
    )
  })
  const once = new Map(whole.map((one) => [one.place.path, one]))
  return [...once.values()]
}

interface Script {
  readonly path: string
  readonly place: Place
  readonly text: string
  readonly language?: 'shell' | Language['name']
}

function followed(
  { path, place, text, language = 'shell' }: Script,
  boot: BootResult | undefined,
): readonly FollowedScript[] {
  const host = hostOf(boot)
  const evaluation =
    language === 'shell'
      ? exploreScript(text, path, host)
      : { runs: interpretedRuns(text, LANGUAGES[language], path, host), files: [path] }
  const update = updateOf(withChosenDevices(evaluation.runs, path, text))
  return update ? [{ path, place, update, files: filesOf(evaluation, { path, place, text }, boot) }] : []
}

function filesOf({ files }: Evaluation, own: Script, boot: BootResult | undefined): FollowedScript['files'] {
  return new Map(
    files.flatMap((path) => {
      if (path === own.path) return [[path, own] as const]
      const entry = boot?.system.entry(path)
      return entry?.text === undefined ? [] : [[path, { text: entry.text, place: entry.place }] as const]
    }),
  )
}

/** Scripts that source this one: they give it the values that it works with. */
function callersOf(path: string, { system }: BootResult): readonly Script[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const sources = new RegExp(`^[ \\t]*(?:\\.|source)[ \\t]+\\S*${name.replace(/[^\w-]/g, '\\$&')}`, 'm')
  return system
    .texts()
    .filter(({ path: other, text }) => other !== path && text.includes(name) && sources.test(text))
    .slice(0, MOST_CALLERS)
}

function hostOf(boot: BootResult | undefined): Host {
  const system = boot?.system
  return {
    exists: (path, kind) => system?.exists(path, kind),
    glob: (pattern) => system?.glob(pattern) ?? [],
    source: (path) => system?.source(path),
    output: (words) => printed(words, (path) => system?.source(path))?.slice(0, MOST_PRINTED),
  }
}

/** What simple commands print, by the files of the image. */
function printed(words: readonly string[], source: (path: string) => string | undefined): string | undefined {
  const [program = '', ...args] = words
  const operands = args.filter((word) => !word.startsWith('-'))
  const [first = '', second = ''] = operands
  switch (program) {
    case 'echo':
      return args.filter((word) => !/^-[ne]+$/.test(word)).join(' ')
    case 'cat':
      return operands.length === 1 ? source(first)?.trimEnd() : undefined
    case 'basename':
      return first.slice(first.lastIndexOf('/') + 1).replace(second, '')
    case 'dirname':
      return first.slice(0, Math.max(0, first.lastIndexOf('/')))
    case 'uci':
      return first === 'get' ? setting(second, source) : undefined
    default:
      return undefined
  }
}

/** `package.section.option`, `package.@type[0].option`, as the image ships it. */
function setting(name: string, source: (path: string) => string | undefined): string | undefined {
  const match = /^([\w-]+)\.(?:@([\w-]+)\[(\d+)\]|([\w-]+))\.([\w-]+)$/.exec(name)
  const text = match && source(`/etc/config/${match[1]}`)
  if (!match || !text) return undefined
  const [, , type, index, section, option] = match
  const settings = readUci(text)
  if (section !== undefined)
    return settings.find((one) => one.section.endsWith(`.${section}`) && one.key === option)?.value
  const ofType = settings.filter((one) => one.section === type || one.section.startsWith(`${type}.`))
  const group = [...new Set(ofType.map((one) => one.group))][Number(index)]
  return ofType.find((one) => one.group === group && one.key === option)?.value
}
