import type { Truth } from '../../shell/script/evaluate.ts'
import { tokensOf } from './quoting.ts'
import { linesOf, type Starter } from './starter.ts'
import type { System } from './system.ts'

/** Folders of units, those that win first. */
const FOLDERS = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
]
const MOST_UNITS = 2_000

interface Unit {
  readonly name: string
  readonly file: string
  readonly settings: readonly {
    readonly name: string
    readonly value: string
    readonly offset: number
    readonly line: string
  }[]
}

/** Starts what the default target wants, and what that wants in turn. */
export function startSystemd(system: System, starter: Starter): void {
  const queue: {
    readonly name: string
    readonly chain: readonly string[]
    readonly conditions: readonly string[]
  }[] = [{ name: 'default.target', chain: [], conditions: [] }]
  const seen = new Set<string>()
  for (let item = queue.shift(); item && seen.size < MOST_UNITS; item = queue.shift()) {
    if (seen.has(item.name)) continue
    seen.add(item.name)
    const unit = readUnit(system, item.name)
    if (!unit) continue
    const conditions = [...item.conditions, ...conditionsOf(system, unit)]
    if (conditions.includes(NEVER)) continue
    const chain = [...item.chain, unit.file]
    startUnit(unit, chain, conditions, starter)
    for (const name of wantedBy(system, unit)) queue.push({ name, chain, conditions })
    for (const [name, condition] of activatedBy(unit))
      queue.push({ name, chain, conditions: [...conditions, condition] })
  }
}

const NEVER = '\0never'

function values(unit: Unit, name: string): readonly string[] {
  let found: string[] = []
  // An empty value takes back what came before.
  for (const setting of unit.settings.filter((one) => one.name === name)) {
    found = setting.value === '' ? [] : [...found, setting.value]
  }
  return found
}

/** The unit with its drop-ins; undefined where there is none, or where it is masked. */
function readUnit(system: System, name: string): Unit | undefined {
  const template = name.replace(/@[^.]*\./, '@.')
  for (const candidate of [name, template]) {
    for (const folder of FOLDERS) {
      const path = `${folder}/${candidate}`
      if (system.exists(path, 'any') !== true && system.resolve(path) === path) continue
      const file = system.resolve(path)
      if (file === '/dev/null') return undefined
      const text = system.source(file)
      if (text === undefined) continue
      const dropIns = FOLDERS.toReversed().flatMap((one) => system.glob(`${one}/${candidate}.d/*.conf`))
      const instance = /@([^.]*)\./.exec(name)?.[1] ?? ''
      const settings = [text, ...dropIns.map((one) => system.source(one) ?? '')].flatMap((one) =>
        settingsOf(one, instance),
      )
      return { name, file, settings }
    }
  }
  return undefined
}

function settingsOf(text: string, instance: string): Unit['settings'] {
  return linesOf(text.replaceAll(/\\\n/g, '  ')).flatMap(({ text: line, offset }) => {
    const match = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line)
    if (!match || line.trimStart().startsWith(';')) return []
    const value = (match[2] ?? '').replaceAll(/%[iI]/g, instance)
    return [{ name: match[1] as string, value, offset, line }]
  })
}

function conditionsOf(system: System, unit: Unit): readonly string[] {
  return unit.settings
    .filter(({ name }) => /^(?:Condition|Assert)/.test(name))
    .flatMap(({ name, value }) => {
      const truth = truthOf(system, name, value)
      if (truth === true) return []
      return [truth === false ? NEVER : `${name}=${value}`]
    })
}

function truthOf(system: System, name: string, value: string): Truth {
  const wanted = !value.startsWith('!')
  const path = value.replace(/^[|!]+/, '')
  const kind = /PathIsDirectory$/.test(name)
    ? 'directory'
    : /FileIsExecutable$/.test(name)
      ? 'executable'
      : /PathExists$/.test(name)
        ? 'any'
        : undefined
  if (!kind || value.startsWith('|')) return undefined
  const truth = system.exists(path, kind)
  return truth === undefined ? undefined : truth === wanted
}

function wantedBy(system: System, unit: Unit): readonly string[] {
  const named = ['Wants', 'Requires', 'BindsTo', 'Requisite', 'Upholds'].flatMap((name) =>
    values(unit, name).flatMap((value) => value.split(/\s+/)),
  )
  // `default.target` is a link: its wants stand under the name that it points to.
  const names = new Set([unit.name, unit.file.slice(unit.file.lastIndexOf('/') + 1)])
  const linked = [...names].flatMap((name) =>
    FOLDERS.flatMap((folder) =>
      ['wants', 'requires'].flatMap((kind) => system.list(`${folder}/${name}.${kind}`)),
    ),
  )
  const implied =
    unit.name.endsWith('.target') && !/^(?:sysinit|local-fs|shutdown)/.test(unit.name)
      ? ['basic.target', 'sysinit.target', 'sockets.target', 'timers.target']
      : []
  return [...named, ...linked, ...implied].filter((name) => name !== '')
}

/** Sockets and timers start a service of their name later. */
function activatedBy(unit: Unit): readonly (readonly [string, string])[] {
  if (unit.name.endsWith('.timer'))
    return [[values(unit, 'Unit').at(-1) ?? unit.name.replace(/timer$/, 'service'), unit.name]]
  if (!unit.name.endsWith('.socket')) return []
  const accept = values(unit, 'Accept').at(-1) === 'yes'
  const service =
    values(unit, 'Service').at(-1) ?? unit.name.replace(/\.socket$/, accept ? '@.service' : '.service')
  return [[service, `${unit.name}: ${values(unit, 'ListenStream').join(' ')}`]]
}

function startUnit(
  unit: Unit,
  chain: readonly string[],
  conditions: readonly string[],
  starter: Starter,
): void {
  if (!unit.name.endsWith('.service')) return
  const oneShot = values(unit, 'Type').at(-1) === 'oneshot'
  const user = values(unit, 'User').at(-1)
  const commands = new Set(values(unit, 'ExecStart'))
  for (const { name, value, offset, line } of unit.settings) {
    if (name !== 'ExecStart' || !commands.has(value)) continue
    starter.start(tokensOf(value.replace(/^[-@:+!]+/, '')), {
      conditions,
      chain,
      file: unit.file,
      offset,
      text: line,
      managed: !oneShot,
      ...(user === undefined ? {} : { user }),
    })
  }
}
