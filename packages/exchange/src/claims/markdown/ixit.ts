import { ixitTable } from '@messlatte/conformity'
import type { ClaimSet, Edition, IxitEntry, TableSummary } from '@messlatte/model'
import { knownField } from '../names.ts'
import { originKey } from '../origins.ts'
import { editionOfTable } from '../part.ts'
import { linePlace, type Problems } from '../problems.ts'
import { bodyText, plain, type Section, tableRows } from './lines.ts'

export interface Read {
  readonly edition: Edition | null
  readonly claims: Partial<Omit<ClaimSet, 'edition'>>
}

const LATEST: Edition = 'en303645-v3.1.3'
const ENTRY = /^\**ID\**:\s*(.+)$/

/**
 * One IXIT table: below its heading an entry for each heading `ID: NAME` with its fields one level deeper, or for a form the fields
 * alone. A table "Summary …" is kept beside; what else a maker adds to an entry is kept as a field of its own.
 */
export function readTable(name: string, sections: readonly Section[], problems: Problems): Read {
  const edition = editionOfTable(name)
  const known = ixitTable(edition ?? LATEST, name)
  const [top, ...rest] = sections.filter(({ level }) => level > 0)
  if (!known) {
    problems.add(linePlace(top?.line ?? 1), {
      en: `${name} is no IXIT table of TS 103 701`,
      de: `${name} ist keine IXIT-Tabelle der TS 103 701`,
    })
    return { edition: null, claims: {} }
  }
  const table = known.name
  problems.stands(table, { line: top?.line ?? 1 })
  const [entries, summaries]: [Record<string, string>[], TableSummary[]] = [known.form ? [{}] : [], []]
  let entryLevel = 0
  for (const { level, title, line, body } of rest) {
    const id = ENTRY.exec(title)?.[1]
    if (/^summary\b/i.test(title)) {
      summaries.push(...summaryRows(table, body, line))
      entryLevel = 0
    } else if (/^table\b/i.test(title)) entryLevel = 0
    else if (!known.form && id !== undefined) {
      const entry = newEntry(plain(id))
      if (entries.some(({ ID }) => ID === entry.ID))
        problems.add(linePlace(line), {
          en: `a second entry ${entry.ID}`,
          de: `ein zweiter Eintrag ${entry.ID}`,
        })
      problems.stands(originKey(table, entry.ID ?? ''), { line })
      entries.push(entry)
      entryLevel = level
    } else if (known.form || (entryLevel > 0 && level > entryLevel)) {
      const at = title.indexOf(':')
      const [field, answer] =
        known.form && at > 0 ? [title.slice(0, at), plain(title.slice(at + 1))] : [title, '']
      const entry = entries.at(-1) as Record<string, string>
      const key = knownField(edition ?? LATEST, table, field)
      problems.stands(originKey(table, entry.ID ?? '', key), { line })
      const value = [answer, bodyText(body)].filter((part) => part !== '').join('\n\n')
      if (entry[key] !== undefined && !known.form)
        problems.add(linePlace(line), {
          en: `a second ${key} in ${entry.ID}`,
          de: `ein zweites ${key} in ${entry.ID}`,
        })
      entry[key] = [entry[key], value].filter((part) => part !== undefined && part !== '').join('\n\n')
    } else entryLevel = 0
  }
  if (entries.every((entry) => Object.keys(entry).length === 0))
    problems.add(
      linePlace(top?.line ?? 1),
      known.form
        ? { en: `${table} has no field`, de: `${table} hat kein Feld` }
        : {
            en: `${table} has no entry: each begins with a heading of the word ID and its name, as in "## ID: NAME"`,
            de: `${table} hat keinen Eintrag: Jeder beginnt mit einer Überschrift aus dem Wort ID und seinem Namen, wie in „## ID: NAME“`,
          },
    )
  return {
    edition: edition ?? null,
    claims: { tables: { [table]: entries as readonly IxitEntry[] }, summaries },
  }
}

/** `UpdMech-WebUI: Update by the user` is a name and a title. */
function newEntry(id: string): Record<string, string> {
  const at = id.search(/:\s/)
  return at < 0 ? { ID: id } : { ID: id.slice(0, at).trim(), Title: id.slice(at + 1).trim() }
}

function summaryRows(table: string, body: readonly string[], line: number): readonly TableSummary[] {
  const [, ...rows] = tableRows(body, line + 1)
  return rows.map(({ cells: [first = '', ...more] }) => ({ table, id: plain(first), text: more.join(' | ') }))
}
