import { canonicalJson, compareProvisionIds, ixitTable } from '@messlatte/conformity'
import type { ClaimSet, Edition, IxitEntry, Text } from '@messlatte/model'
import { type ClaimOrigins, NO_ORIGINS } from './origins.ts'
import { type ClaimProblem, WHOLE } from './problems.ts'

/** What one file says, and what is wrong with it. The rest of a set is in other files. */
export interface ClaimPart {
  readonly file: string
  /** What the file itself says that it is about; null where it does not say. */
  readonly edition: Edition | null
  readonly claims: Partial<Omit<ClaimSet, 'edition'>>
  readonly problems: readonly ClaimProblem[]
  /** Where its claims stand; none of a form that only programs write. */
  readonly origins?: ClaimOrigins
}

/** The edition that a name tells by which tables were renamed or split, or undefined. */
export function editionOfTable(name: string): Edition | undefined {
  const known = (edition: Edition) => ixitTable(edition, name) !== undefined
  if (known('en303645-2020')) return known('en303645-v3.1.3') ? undefined : 'en303645-2020'
  return known('en303645-v3.1.3') ? 'en303645-v3.1.3' : undefined
}

/**
 * One set out of all parts. What two files both say is a problem unless they say the same; so are files about several
 * editions. Tables, groups and rows come out in the order of the standard.
 * @param wanted the edition, where it is known from elsewhere
 * @param usual the one that counts where nothing tells any
 */
export function mergeParts(
  parts: readonly ClaimPart[],
  wanted: Edition | null,
  usual: Edition | null = null,
): {
  readonly claims: ClaimSet | null
  readonly problems: readonly ClaimProblem[]
  readonly origins: ClaimOrigins
} {
  const problems = parts.flatMap((part) => part.problems)
  const found = parts.find(({ edition }) => edition !== null)
  const edition = wanted ?? found?.edition ?? usual
  if (edition === null)
    return {
      claims: null,
      origins: NO_ORIGINS,
      problems: [
        ...problems,
        {
          file: parts[0]?.file ?? '',
          place: WHOLE,
          message: {
            en: 'nothing tells the edition; name it with --edition',
            de: 'nichts sagt, welche Ausgabe; mit --edition nennen',
          },
        },
      ],
    }
  for (const part of parts)
    if (part.edition !== null && part.edition !== edition)
      problems.push({
        file: part.file,
        place: WHOLE,
        message: {
          en: `is about ${part.edition}, and the rest about ${edition}`,
          de: `handelt von ${part.edition}, und das Übrige von ${edition}`,
        },
      })
  const collected = collect(parts, problems)
  const origins = Object.assign({}, ...parts.map((part) => part.origins).toReversed())
  return { claims: problems.length > 0 ? null : ordered({ edition, ...collected }), problems, origins }
}

function collect(parts: readonly ClaimPart[], problems: ClaimProblem[]): Omit<ClaimSet, 'edition'> {
  /** One value for each key; told where two files differ. */
  function unique<Item>(
    items: (claims: ClaimPart['claims']) => readonly Item[] | undefined,
    key: (item: Item) => string,
    words: Text,
  ): readonly Item[] {
    const kept = new Map<string, { readonly item: Item; readonly file: string }>()
    for (const { file, claims } of parts)
      for (const item of items(claims) ?? []) {
        const before = kept.get(key(item))
        if (!before) kept.set(key(item), { item, file })
        else if (before.file !== file && canonicalJson(before.item) !== canonicalJson(item))
          problems.push({
            file,
            place: WHOLE,
            message: {
              en: `${words.en} ${key(item)} stands in ${before.file} already, and differs`,
              de: `${words.de} ${key(item)} steht schon in ${before.file}, und anders`,
            },
          })
      }
    return [...kept.values()].map(({ item }) => item)
  }
  const tables = unique(
    ({ tables: one }) => Object.entries(one ?? {}),
    ([name]) => name,
    { en: 'table', de: 'Tabelle' },
  )
  const contexts = unique(
    ({ securityContext: one }) => (one ? [one] : []),
    () => 'security context',
    { en: 'the', de: 'Angabe' },
  )
  return {
    identification: unique(
      ({ identification: one }) => one,
      ({ section, name }) => (section === '' ? name : `${section}, ${name}`),
      { en: 'field', de: 'Feld' },
    ),
    securityContext: contexts[0] ?? '',
    conditions: unique(
      ({ conditions: one }) => one,
      ({ condition }) => condition,
      { en: 'condition', de: 'Bedingung' },
    ),
    ics: unique(
      ({ ics: one }) => one,
      ({ provision }) => provision,
      { en: 'the row of', de: 'die Zeile zu' },
    ),
    tables: Object.fromEntries(tables),
    groups: unique(
      ({ groups: one }) => one,
      ({ provision }) => provision,
      { en: 'group', de: 'Gruppe' },
    ),
    summaries: unique(
      ({ summaries: one }) => one,
      ({ table, id }) => `${table}: ${id}`,
      { en: 'summary row', de: 'Zeile der Übersicht' },
    ),
  }
}

/** The same claims in the order of the standard, with empty fields left out: equal sets are equal texts. */
export function ordered(claims: ClaimSet): ClaimSet {
  const number = (name: string) => Number.parseInt(name, 10)
  const byProvision = (a: { readonly provision: string }, b: { readonly provision: string }) =>
    compareProvisionIds(a.provision, b.provision)
  return {
    ...claims,
    ics: claims.ics.toSorted(byProvision),
    tables: Object.fromEntries(
      Object.entries(claims.tables)
        .filter(([, entries]) => entries.length > 0)
        .sort(([a], [b]) => number(a) - number(b))
        .map(([name, entries]) => [name, entries.map((entry) => orderedEntry(claims.edition, name, entry))]),
    ),
    groups: claims.groups.toSorted(byProvision),
    summaries: claims.summaries.toSorted((a, b) => number(a.table) - number(b.table)),
  }
}

function orderedEntry(edition: Edition, table: string, entry: IxitEntry): IxitEntry {
  const fields = ['ID', ...(ixitTable(edition, table)?.fields ?? [])]
  const own = Object.keys(entry).filter((name) => !fields.includes(name))
  return Object.fromEntries(
    [...fields, ...own].flatMap((name) => {
      const value = entry[name]
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
}
