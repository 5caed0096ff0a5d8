import { nameOfPart, type Place } from './naming.ts'

/** What of a part decides whether it belongs to others. */
export interface SetPart {
  /** Nest path. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  readonly place: Place
  /** What it begins with (hex), all of it where it is short; of no length where it is one byte that repeats. */
  readonly head: string
}

/** Parts of one whole, in their order, or one that stands alone. */
export interface PartSet<Part> {
  readonly parts: readonly Part[]
  /** Name of what they are together: a byte string. */
  readonly whole: string
  /** Names of those that would belong to it, and are not there: byte strings. */
  readonly missing: readonly string[]
}

/** Names that are told; a hostile number must not make more. */
const MOST_MISSING = 16

/** Sorts parts into sets. The order in which they come does not matter, and each one is in one set. */
export function setsOf<Part extends SetPart>(parts: readonly Part[]): readonly PartSet<Part>[] {
  const bySet = new Map<string, Part[]>()
  for (const part of parts) {
    const { kind, set } = part.place
    const key = `${folderOf(part.path)}\n${kind}\n${set}`
    const known = bySet.get(key)
    if (known) known.push(part)
    else bySet.set(key, [part])
  }
  return [...bySet.values()].flatMap((set) => setsIn(set.toSorted(inOrder)))
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

function inOrder(a: SetPart, b: SetPart): number {
  return a.place.number - b.place.number || (a.path < b.path ? -1 : 1)
}

function setsIn<Part extends SetPart>(sorted: readonly Part[]): readonly PartSet<Part>[] {
  const isDouble = (part: Part, index: number) => part.place.number === sorted[index - 1]?.place.number
  const doubles = sorted.filter(isDouble)
  const list = sorted.filter((part, index) => !isDouble(part, index))
  return [...whole(list), ...alone(doubles)]
}

function alone<Part extends SetPart>(parts: readonly Part[]): PartSet<Part>[] {
  return parts.map((part) => ({ parts: [part], whole: part.place.whole, missing: [] }))
}

/** @param list ascending, of different numbers */
function whole<Part extends SetPart>(list: readonly Part[]): readonly PartSet<Part>[] {
  const [first] = list
  if (!first) return []
  const { kind } = first.place
  if (kind === 'cut' && (list.length === 1 || !isCut(list))) return alone(list)
  // Nothing but its name speaks for one that is not the last: programs of Atheros are packed files of such names.
  if (kind === 'zip' && list.length === 1 && first.place.goesOn === true) return alone(list)
  const missing = missingOf(list)
  // Chunks have their place in the whole each; for all others, nothing behind a gap can be read.
  if (kind === 'sparse') return [{ parts: list, whole: first.place.whole, missing }]
  if (kind === 'zip' && missing.length > 0) return toldOnce(alone(list), missing)
  return toldOnce(
    runsOf(list).flatMap((run) => joined(run)),
    missing,
  )
}

function joined<Part extends SetPart>(run: readonly Part[]): PartSet<Part>[] {
  const [first] = run as readonly [Part]
  const { kind, number } = first.place
  // Of what was merely cut, what lies behind a gap begins anywhere.
  if (kind === 'cut' && number > 1) return alone(run)
  return [{ parts: run, whole: first.place.whole, missing: [] }]
}

function toldOnce<Part>(
  sets: readonly PartSet<Part>[],
  missing: readonly string[],
): readonly PartSet<Part>[] {
  return sets.map((set, index) => (index === 0 ? { ...set, missing } : set))
}

/** Without gaps, each. */
function runsOf<Part extends SetPart>(list: readonly Part[]): readonly (readonly Part[])[] {
  const runs: Part[][] = []
  for (const part of list) {
    const run = runs.at(-1)
    if (run?.at(-1)?.place.number === part.place.number - 1) run.push(part)
    else runs.push([part])
  }
  return runs
}

/** All of one size but the last, which is no longer, and none of them the like of the first, as files of one kind are. */
function isCut(list: readonly SetPart[]): boolean {
  const [first] = list as readonly [SetPart]
  const last = list.at(-1) as SetPart
  const others = list.slice(1)
  return (
    list.slice(0, -1).every(({ size }) => size === first.size) &&
    last.size <= first.size &&
    others.every(({ head }) => head === '' || head !== first.head)
  )
}

function missingOf(list: readonly SetPart[]): readonly string[] {
  const [first] = list as readonly [SetPart]
  const last = list.at(-1) as SetPart
  const names: string[] = []
  const add = (name: string | undefined) => {
    if (name !== undefined && names.length < MOST_MISSING) names.push(name)
  }
  const addUntil = (from: number, end: number) => {
    for (let number = from; number < end && names.length < MOST_MISSING; number++)
      add(nameOfPart(first.place.naming, number))
  }
  // What was cut may be counted from 0 or from 1.
  addUntil(
    first.place.first ?? (first.place.kind === 'cut' ? Math.min(1, first.place.number) : 0),
    first.place.number,
  )
  if (first.place.naming.style === 'told') add(first.place.naming.previous)
  for (const [index, part] of list.entries()) {
    const before = list[index - 1]
    if (!before || before.place.number === part.place.number - 1) continue
    if (before.place.naming.style === 'told') add(before.place.naming.next)
    else addUntil(before.place.number + 1, part.place.number)
  }
  if (last.place.goesOn === true) {
    if (last.place.naming.style === 'told') add(last.place.naming.next)
    else if (last.place.naming.style === 'zip') add(`${last.place.naming.before}.zip`)
    else add(nameOfPart(last.place.naming, last.place.number + 1))
  }
  return names
}
