import type { Source, Text } from '@messlatte/model'
import { CATALOGUES } from '../catalogues/index.ts'
import { compareText } from '../order.ts'
import { PROFILES } from '../profiles/index.ts'
import { ageInDays, isStale } from './stale.ts'
import { WOULD_CHANGE } from './would-change.ts'

/** A source as `messlatte sources` lists it, on a day. */
export interface SourceState extends Source {
  /** Ids of the editions and profiles that rest on it. */
  readonly usedBy: readonly string[]
  readonly wouldChange: Text
  /** Whole days since somebody last looked; 0 where the day lies before that. */
  readonly ageDays: number
  readonly stale: boolean
}

interface Rule {
  readonly name: string
  readonly sources: readonly Source[]
}

/** Every source of every rule, by id. `asOf` is a calendar day, ISO 8601. */
export function listSources(asOf: string): readonly SourceState[] {
  const rules: readonly Rule[] = [
    ...Object.values(CATALOGUES).map(({ edition, sources }) => ({ name: edition, sources })),
    ...PROFILES.map(({ id, sources }) => ({ name: id, sources })),
  ]
  const known = new Map(rules.flatMap(({ sources }) => sources.map((source) => [source.id, source])))
  return [...known.values()]
    .sort((a, b) => compareText(a.id, b.id))
    .map((source) => ({
      ...source,
      usedBy: [
        ...new Set(
          rules.filter((rule) => rule.sources.some(({ id }) => id === source.id)).map(({ name }) => name),
        ),
      ],
      wouldChange: WOULD_CHANGE[source.id]!,
      ageDays: ageInDays(source.checked, asOf),
      stale: isStale(source, asOf),
    }))
}
