import type { ClaimSet, Edition } from '@messlatte/model'
import { IXIT_TABLES } from '../ixit/index.ts'

/** Names in texts that are those of entries of IXIT tables, or look as if they were. */
export interface EntryNames {
  /** Whether an entry is called so, or a family of entries (`AuthMech-Token` for `AuthMech-Token-RO`). */
  known(name: string): boolean
  /** Names in a text, each once. */
  in(text: string): readonly string[]
  /** The table in which an entry of this name stands, or undefined. */
  tableOf(name: string): string | undefined
}

const MOST_TEXT = 200_000

export function entryNames({ edition, tables }: Pick<ClaimSet, 'edition' | 'tables'>): EntryNames {
  const where = new Map(
    Object.entries(tables).flatMap(([table, entries]) =>
      entries.flatMap(({ ID }) => (ID === undefined ? [] : [[ID, table] as const])),
    ),
  )
  const ids = [...where.keys()]
  const families = new Set(ids.flatMap((id) => [...id.matchAll(/-/g)].map(({ index }) => id.slice(0, index))))
  const looksLike = patternOf(edition)
  return {
    known: (name) => where.has(name) || families.has(name),
    in: (text) => [...new Set(text.slice(0, MOST_TEXT).match(looksLike) ?? [])],
    tableOf: (name) => where.get(name),
  }
}

/** The short name of a table, a hyphen, and a name: the pro forma's own way of naming entries. */
function patternOf(edition: Edition): RegExp {
  const short = IXIT_TABLES[edition].map(({ name }) => name.replace(/^\d+-/, ''))
  return new RegExp(`(?<![A-Za-z0-9-])(?:${short.join('|')})-[A-Z0-9][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*`, 'g')
}
