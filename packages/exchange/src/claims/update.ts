import { canonicalJson } from '@messlatte/conformity'
import type { ClaimSet } from '@messlatte/model'
import { ordered } from './part.ts'

export type ClaimPartName =
  | 'identification'
  | 'securityContext'
  | 'conditions'
  | 'ics'
  | 'tables'
  | 'groups'
  | 'summaries'

/** What an import changes: how many of a kind are new, replaced by something else, and as they were. */
export interface ClaimChange {
  readonly part: ClaimPartName
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly same: number
}

type Keyed = readonly (readonly [key: string, value: unknown])[]

const PARTS: Readonly<Record<ClaimPartName, (claims: ClaimSet) => Keyed>> = {
  identification: ({ identification }) => identification.map((one) => [`${one.section}: ${one.name}`, one]),
  securityContext: ({ securityContext }) =>
    securityContext === '' ? [] : [['Security Context', securityContext]],
  conditions: ({ conditions }) => conditions.map((one) => [one.condition, one]),
  ics: ({ ics }) => ics.map((one) => [one.provision, one]),
  tables: ({ tables }) => Object.entries(tables),
  groups: ({ groups }) => groups.map((one) => [one.provision, one]),
  summaries: ({ summaries }) => summaries.map((one) => [`${one.table}: ${one.id}`, one]),
}

/**
 * Claims with what a newer set says in the place of what they said: row by row, table by table, group by group. What the newer one is
 * silent about stays; summaries go with their tables.
 */
export function updateClaims(
  before: ClaimSet,
  newer: ClaimSet,
): { readonly claims: ClaimSet; readonly changes: readonly ClaimChange[] } {
  const [old, fresh] = [ordered(before), ordered(newer)]
  const changes = (Object.keys(PARTS) as ClaimPartName[]).map((part): ClaimChange => {
    const had = new Map(PARTS[part](old).map(([key, value]) => [key, canonicalJson(value)]))
    const given = PARTS[part](fresh)
    const differs = ([key, value]: Keyed[number]) => had.has(key) && had.get(key) !== canonicalJson(value)
    return {
      part,
      added: given.flatMap(([key]) => (had.has(key) ? [] : [key])),
      changed: given.filter(differs).map(([key]) => key),
      same: given.filter(([key, value]) => had.get(key) === canonicalJson(value)).length,
    }
  })
  const over = <Item>(kept: readonly Item[], given: readonly Item[], key: (item: Item) => string) => {
    const names = new Set(given.map(key))
    return [...kept.filter((one) => !names.has(key(one))), ...given]
  }
  return {
    claims: ordered({
      edition: fresh.edition,
      identification: over(
        old.identification,
        fresh.identification,
        ({ section, name }) => `${section}\n${name}`,
      ),
      securityContext: fresh.securityContext || old.securityContext,
      conditions: over(old.conditions, fresh.conditions, ({ condition }) => condition),
      ics: over(old.ics, fresh.ics, ({ provision }) => provision),
      tables: { ...old.tables, ...fresh.tables },
      groups: over(old.groups, fresh.groups, ({ provision }) => provision),
      summaries: [
        ...old.summaries.filter(({ table }) => fresh.tables[table] === undefined),
        ...fresh.summaries,
      ],
    }),
    changes,
  }
}
