import type {
  ChainChange,
  ComponentChange,
  FindingChange,
  SavedChain,
  SavedEvidence,
  SavedResult,
  ServiceChange,
  StateChange,
  VerdictChange,
} from '@messlatte/model'
import { pairBy, pairByPlace, pathInside } from './paths.ts'
import { orderOf } from './versions.ts'

const MOST_PLACES = 20

export function compareComponents(old: SavedResult, added: SavedResult): readonly ComponentChange[] {
  const [before, after] = [byName(old), byName(added)]
  return [...new Set([...before.keys(), ...after.keys()])].sort().map((name) => {
    const [a, b] = [before.get(name) ?? [], after.get(name) ?? []]
    const versions = (list: typeof a) => [...new Set(list.flatMap(({ version }) => version ?? []))].sort()
    const places = (list: typeof a) =>
      list.flatMap((one) => one.places.map(({ path }) => path)).slice(0, MOST_PLACES)
    return {
      name,
      title: (b[0] ?? a[0])?.title ?? name,
      change: a.length === 0 ? 'added' : b.length === 0 ? 'removed' : changeOf(versions(a), versions(b)),
      old: versions(a),
      new: versions(b),
      places: { old: places(a), new: places(b) },
    }
  })
}

function byName({ components }: SavedResult) {
  return Map.groupBy(components, ({ name }) => name)
}

function changeOf(old: readonly string[], added: readonly string[]): ComponentChange['change'] {
  if (old.join('\0') === added.join('\0')) return 'equal'
  const [a, b] = [old[0], added[0]]
  if (old.length !== 1 || added.length !== 1 || a === undefined || b === undefined) return 'other'
  return orderOf(a, b) ?? 'other'
}

type SavedService = SavedResult['services'][number]

export function compareServices(old: SavedResult, added: SavedResult): readonly ServiceChange[] {
  const {
    both,
    went,
    added: fresh,
  } = pairBy(old.services, added.services, ({ name, listens }) => `${name}\0${portsOf(listens).join(' ')}`)
  const moved = pairBy(went, fresh, ({ name }) => name)
  return [
    ...moved.added.map((one) => serviceOf(undefined, one)),
    ...[...both, ...moved.both].map((pair) => serviceOf(pair.old, pair.new)),
    ...moved.went.map((one) => serviceOf(one, undefined)),
  ]
}

function serviceOf(old: SavedService | undefined, added: SavedService | undefined): ServiceChange {
  const { name, title, path } = (added ?? old) as SavedService
  const same =
    old !== undefined &&
    added !== undefined &&
    portsOf(old.listens).join(' ') === portsOf(added.listens).join(' ') &&
    old.authenticates === added.authenticates &&
    old.command === added.command
  return {
    name,
    title,
    change: !old ? 'added' : !added ? 'removed' : same ? 'equal' : 'changed',
    listens: { old: portsOf(old?.listens ?? []), new: portsOf(added?.listens ?? []) },
    authenticates: { old: old?.authenticates ?? null, new: added?.authenticates ?? null },
    path,
  }
}

function portsOf(listens: SavedService['listens']): readonly string[] {
  return [...new Set(listens.map(({ protocol, port }) => `${protocol}/${port}`))].sort()
}

/** Findings against the product, by kind and place; several of a kind in one place by their order. */
export function compareFindings(old: SavedResult, added: SavedResult): readonly FindingChange[] {
  const against = ({ evidence }: SavedResult) => evidence.filter(({ polarity }) => polarity === 'against')
  const { both, went, added: fresh } = pairByPlace(against(old), against(added), ({ kind }) => kind)
  const told = (change: FindingChange['change'], { kind, title, path }: SavedEvidence) => ({
    change,
    kind,
    title,
    path,
  })
  return [
    ...fresh.map((one) => told('new', one)),
    ...both.map((pair) => told('stayed', pair.new)),
    ...went.map((one) => told('went', one)),
  ]
}

/** What is said about each account: of systems, and of the users of services. */
export function compareAccounts(old: SavedResult, added: SavedResult): readonly StateChange[] {
  return compareStates(statesOf(old, accountsIn), statesOf(added, accountsIn))
}

function accountsIn({ kind, path, observation }: SavedEvidence): readonly string[] {
  if (!kind.startsWith('account.') || !isRecord(observation)) return []
  const users = [
    ...textsIn(observation.user),
    ...textsIn(observation.locked),
    ...textsIn(observation.unusable),
    ...textsIn(observation.users),
  ]
  return users.map((user) => `${user} (${pathInside(path)})`)
}

/** Private keys by their public halves: what is said about each. */
export function compareKeys(old: SavedResult, added: SavedResult): readonly StateChange[] {
  return compareStates(statesOf(old, keysIn), statesOf(added, keysIn))
}

function keysIn({ kind, observation }: SavedEvidence): readonly string[] {
  if (!/^(?:key\.private|update\.keyring)/.test(kind) || !isRecord(observation)) return []
  const inner = isRecord(observation.key) ? observation.key : observation
  return textsIn(inner.spkiSha256)
}

function statesOf(
  { evidence }: SavedResult,
  subjects: (one: SavedEvidence) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const states = new Map<string, Set<string>>()
  for (const one of evidence)
    for (const subject of subjects(one)) states.set(subject, (states.get(subject) ?? new Set()).add(one.kind))
  return new Map([...states].map(([subject, kinds]) => [subject, [...kinds].sort()]))
}

function compareStates(
  old: ReadonlyMap<string, readonly string[]>,
  added: ReadonlyMap<string, readonly string[]>,
): readonly StateChange[] {
  return [...new Set([...old.keys(), ...added.keys()])].sort().flatMap((subject): readonly StateChange[] => {
    const [a, b] = [old.get(subject), added.get(subject)]
    if (a?.join() === b?.join()) return []
    const change = !a ? 'added' : !b ? 'removed' : 'changed'
    return [{ change, subject, old: a ?? [], new: b ?? [] }]
  })
}

export function compareVerdicts(old: SavedResult, added: SavedResult): readonly VerdictChange[] {
  const [before, after] = [verdictsOf(old), verdictsOf(added)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): readonly VerdictChange[] => {
    const [a, b] = [before.get(key), after.get(key)]
    const [edition = '', id = '', scope = ''] = key.split('\0')
    return a === b ? [] : [{ edition, id, scope, old: a ?? null, new: b ?? null }]
  })
}

function verdictsOf({ provisions }: SavedResult) {
  return new Map(
    provisions.flatMap(({ edition, id, verdicts }) =>
      Object.entries(verdicts).map(([scope, verdict]) => [`${edition}\0${id}\0${scope}`, verdict] as const),
    ),
  )
}

type Step = SavedChain['steps'][number]

/** Steps that something verifies, by scheme and by what they start. */
export function compareChains(old: SavedResult, added: SavedResult): readonly ChainChange[] {
  const { both, went, added: fresh } = pairBy(stepsOf(old), stepsOf(added), keyOf)
  const said = ({ level, state }: Step) => ({ level, state })
  return [
    ...both
      .filter(
        (pair) => pair.old.step.level !== pair.new.step.level || pair.old.step.state !== pair.new.step.state,
      )
      .map((pair) => ({ ...named(pair.new), old: said(pair.old.step), new: said(pair.new.step) })),
    ...went.map((one) => ({ ...named(one), old: said(one.step), new: null })),
    ...fresh.map((one) => ({ ...named(one), old: null, new: said(one.step) })),
  ]
}

export interface ChainStepSeen {
  readonly kind: SavedChain['kind']
  readonly step: Step
}

/** The steps of all chains that a scheme verifies, or that start what is not verified; each once. */
export function stepsOf({ chains }: SavedResult): readonly ChainStepSeen[] {
  const once = new Map<string, ChainStepSeen>()
  for (const { kind, steps } of chains)
    for (const step of steps) {
      if (step.level === null && step.scheme === null) continue
      const key = JSON.stringify([kind, step.scheme, step.stages, step.path, step.level, step.state])
      if (!once.has(key)) once.set(key, { kind, step })
    }
  return [...once.values()]
}

export function keyOf({ kind, step }: ChainStepSeen): string {
  return `${kind}\0${step.scheme}\0${stagesOf(step).join(' ')}`
}

function named({ kind, step }: ChainStepSeen) {
  return { kind, scheme: step.scheme ?? '', stages: stagesOf(step) }
}

export function stagesOf({ stages }: Step): readonly string[] {
  return [...new Set(stages)]
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const MOST_TEXTS = 1000

/** A text, or the texts of a list. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) return []
  return value.slice(0, MOST_TEXTS).filter((one): one is string => typeof one === 'string')
}
