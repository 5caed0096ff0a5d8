import type { Source, StaleSource } from '@messlatte/model'
import { compareText } from '../order.ts'

/** A source that nobody has looked at for longer than this is flagged, in the register and in every report. */
const STALE_AFTER_DAYS = 90

const DAY = 86_400_000

/** The sources of some rules that are too old on a day, by id, each once. */
export function staleSources(
  rules: readonly { readonly sources: readonly Source[] }[],
  asOf: string,
): readonly StaleSource[] {
  const stale = rules.flatMap(({ sources }) => sources).filter((source) => isStale(source, asOf))
  return [...new Map(stale.map(({ id, title, checked }) => [id, { id, title, checked }])).values()].sort(
    (a, b) => compareText(a.id, b.id),
  )
}

export function isStale({ checked }: Source, asOf: string): boolean {
  return ageInDays(checked, asOf) > STALE_AFTER_DAYS
}

/** Whole days between two calendar days, ISO 8601; 0 where the second is the earlier. */
export function ageInDays(checked: string, asOf: string): number {
  return Math.max(0, (Date.parse(`${asOf}T00:00:00Z`) - Date.parse(`${checked}T00:00:00Z`)) / DAY)
}
