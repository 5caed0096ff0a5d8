import type {
  DamageNote,
  LimitHit,
  LimitName,
  MapPart,
  Text,
  UnknownRegion,
  Unpacked,
} from '@messlatte/model'

import { type LayoutNote, nameParts } from './layout/name-parts.ts'

/** Notes of one kind that are kept; a hostile image must not fill the memory with complaints about itself. */
const NOTES_KEPT = 1_000

/** What a part of a run found and could not do. Plain data, so that threads can send it; parts are merged. */
export interface Tally {
  artefacts: number
  files: number
  bytes: number
  unknownBytes: number
  paddingBytes: number
  limits: LimitHit[]
  damage: DamageNote[]
  unknown: UnknownRegion[]
  map: MapPart[]
  layouts: LayoutNote[]
  /** Notes that were not kept. */
  omitted: Record<NoteKind, number>
  formats: Record<string, number>
}

type NoteKind = 'limits' | 'damage' | 'unknown' | 'map' | 'layouts'

export function emptyTally(): Tally {
  return {
    artefacts: 0,
    files: 0,
    bytes: 0,
    unknownBytes: 0,
    paddingBytes: 0,
    limits: [],
    damage: [],
    unknown: [],
    map: [],
    layouts: [],
    omitted: { limits: 0, damage: 0, unknown: 0, map: 0, layouts: 0 },
    formats: {},
  }
}

export function addTally(into: Tally, part: Tally): void {
  into.artefacts += part.artefacts
  into.files += part.files
  into.bytes += part.bytes
  into.unknownBytes += part.unknownBytes
  into.paddingBytes += part.paddingBytes
  for (const one of part.limits) keep(into, 'limits', one)
  for (const one of part.damage) keep(into, 'damage', one)
  for (const one of part.unknown) keep(into, 'unknown', one)
  for (const one of part.map) keep(into, 'map', one)
  for (const one of part.layouts) keep(into, 'layouts', one)
  for (const kind of Object.keys(part.omitted) as readonly NoteKind[])
    into.omitted[kind] += part.omitted[kind]
  for (const [name, count] of Object.entries(part.formats))
    into.formats[name] = (into.formats[name] ?? 0) + count
}

export function keep<Kind extends NoteKind>(tally: Tally, kind: Kind, note: Tally[Kind][number]): void {
  const notes: Tally[Kind][number][] = tally[kind]
  if (notes.length < NOTES_KEPT) notes.push(note)
  else tally.omitted[kind]++
}

const LIMIT_TEXTS: Readonly<Record<LimitName, Text>> = {
  bytes: {
    en: 'The budget of bytes to unpack was used up; what lies behind was not read. Raise it with --limit-bytes.',
    de: 'Das Budget an auszupackenden Bytes war verbraucht; was dahinter liegt, wurde nicht gelesen. Mit --limit-bytes lässt es sich erhöhen.',
  },
  entries: {
    en: 'The budget of members was used up; what lies behind was not read. Raise it with --limit-entries.',
    de: 'Das Budget an Einträgen war verbraucht; was dahinter liegt, wurde nicht gelesen. Mit --limit-entries lässt es sich erhöhen.',
  },
  depth: {
    en: 'Nested too deep; this container was not opened. Raise it with --limit-depth.',
    de: 'Zu tief verschachtelt; dieser Container wurde nicht geöffnet. Mit --limit-depth lässt sich die Grenze erhöhen.',
  },
  ratio: {
    en: 'Grows too much for its size, as a decompression bomb does; it was cut off. Raise it with --limit-ratio.',
    de: 'Wächst im Verhältnis zu seiner Größe zu stark, wie eine Dekompressionsbombe; es wurde abgeschnitten. Mit --limit-ratio lässt sich die Grenze erhöhen.',
  },
  artefact: {
    en: 'Larger than one content may be in memory; it was cut off or left out. Raise --memory.',
    de: 'Größer, als ein einzelner Inhalt im Speicher sein darf; er wurde abgeschnitten oder ausgelassen. Mit --memory lässt sich die Grenze erhöhen.',
  },
  memory: {
    en: 'Reading this used more memory than allowed; it was left out. Raise --memory.',
    de: 'Das Lesen brauchte mehr Speicher als erlaubt; dieser Teil wurde ausgelassen. Mit --memory lässt sich die Grenze erhöhen.',
  },
  seconds: {
    en: 'Reading this took too long; it was left out. Raise --limit-seconds.',
    de: 'Das Lesen dauerte zu lange; dieser Teil wurde ausgelassen. Mit --limit-seconds lässt sich die Grenze erhöhen.',
  },
  guesses: {
    en: 'Not every password of the list was tried. Raise it with --guesses.',
    de: 'Nicht jedes Passwort der Liste wurde versucht. Mit --guesses lässt sich die Zahl erhöhen.',
  },
  crash: {
    en: 'A reader failed here; this part was left out. Please report it, with the file if you may.',
    de: 'Ein Leser ist hier abgebrochen; dieser Teil wurde ausgelassen. Bitte melden Sie es, wenn möglich mit der Datei.',
  },
}

export function limitHit(limit: LimitName, path: string, text: Text = LIMIT_TEXTS[limit]): LimitHit {
  return { limit, path, text }
}

/** The tally as results show it: sorted, so that the order of threads does not show. */
export function finishTally(tally: Tally): Unpacked {
  const byPath = (a: { path: string }, b: { path: string }) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : 0
  const { layouts, omitted, ...told } = tally
  const beyond = Object.entries(omitted).filter(([kind, count]) => count > 0 && kind !== 'layouts')
  const map = tally.map.toSorted((a, b) => byPath(a, b) || a.offset - b.offset || b.length - a.length)
  return {
    ...told,
    partial: tally.limits.some((hit) => hit.limit !== 'guesses'),
    limits: tally.limits.toSorted((a, b) => byPath(a, b) || (a.limit < b.limit ? -1 : 1)),
    damage: tally.damage.toSorted((a, b) => byPath(a, b) || (a.message < b.message ? -1 : 1)),
    unknown: tally.unknown.toSorted((a, b) => byPath(a, b) || a.offset - b.offset),
    map: nameParts(map, layouts.toSorted(byPath)),
    formats: Object.fromEntries(Object.entries(tally.formats).sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(beyond.length > 0 && { omitted: Object.fromEntries(beyond) }),
  }
}
