import type { ClaimSet, IxitEntry } from '@messlatte/model'
import { ixitTable } from '../ixit/index.ts'
import type { IxitTable } from '../ixit/table.ts'
import { text } from '../text.ts'
import { type ClaimFinding, saysNone } from './finding.ts'
import { isPlaceholder } from './placeholder.ts'
import type { EntryNames } from './references.ts'

/** What is wrong with IXIT tables by themselves and among each other, in their order. */
export function checkTables(claims: ClaimSet, names: EntryNames): readonly ClaimFinding[] {
  const { edition, tables } = claims
  return [
    ...Object.entries(tables).flatMap(([name, entries]) => {
      const table = ixitTable(edition, name)
      return [
        ...duplicates(name, entries),
        ...entries.flatMap((entry) => fieldFindings(name, table, entry)),
        ...(table ? entries.flatMap((entry) => linkFindings(table, entry, names)) : []),
        ...strangers(name, entries, names),
        ...summaryFindings(name, claims),
      ]
    }),
    ...parameterFindings(claims),
    ...confirmations(claims),
    ...replacement(claims),
  ]
}

function duplicates(name: string, entries: readonly IxitEntry[]): readonly ClaimFinding[] {
  const ids = entries.flatMap(({ ID }) => ID ?? [])
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map((id) => ({
    code: 'duplicate',
    about: name,
    entry: id,
    text: text(`Two entries are called ${id}`, `Zwei Einträge heißen ${id}`),
  }))
}

/** User information that a test case looks at itself: what is still to come there is not there. */
const DOCUMENT_OF: Readonly<Record<string, string>> = {
  'Publication of Vulnerability Disclosure Policy': '5.2-1',
  'Support Period': '5.3-13',
  'Publication of Support Period': '5.3-13',
  'Model Designation': '5.3-16',
  'Documentation of Sensors': '5.8-3',
  'Documentation of Deletion': '5.11-3',
  'Documentation of Secure Setup': '5.12-2',
  'Documentation of Setup Check': '5.12-3',
  'Documentation of Personal Data': '6-1',
  'Documentation of Telemetry Data': '6-5',
}

function fieldFindings(
  name: string,
  table: IxitTable | undefined,
  entry: IxitEntry,
): readonly ClaimFinding[] {
  const where = entry.ID ?? name
  const fields = [...new Set([...(table?.fields ?? []), ...Object.keys(entry)])]
  return fields.flatMap((field): ClaimFinding[] => {
    const value = entry[field] ?? ''
    if (value.trim() === '')
      return [
        {
          code: 'missing',
          about: name,
          entry: entry.ID ?? '',
          field,
          text: text(`Empty: ${where}: ${field}`, `Leer: ${where}: ${field}`),
        },
      ]
    if (!isPlaceholder(value)) return []
    const object = name === '2-UserInfo' ? DOCUMENT_OF[field] : undefined
    return [
      {
        code: 'placeholder',
        about: name,
        entry: entry.ID ?? '',
        field,
        text: text(`A placeholder: ${where}: ${field}`, `Ein Platzhalter: ${where}: ${field}`),
        ...(object && { fails: [object] }),
      },
    ]
  })
}

/** Fields that must name entries of another table. */
function linkFindings(table: IxitTable, entry: IxitEntry, names: EntryNames): readonly ClaimFinding[] {
  return Object.entries(table.links).flatMap(([field, targets]): ClaimFinding[] => {
    const value = entry[field] ?? ''
    if (value.trim() === '' || saysNone(value)) return []
    const led = names.in(value).flatMap((name) => names.tableOf(name) ?? (names.known(name) ? targets : []))
    if (led.some((one) => targets.includes(one)) || targets.some((target) => value.includes(target)))
      return []
    return [
      {
        code: 'reference',
        about: table.name,
        entry: entry.ID ?? '',
        field,
        text: text(
          `${entry.ID}: ${field} names no entry of ${targets.join(' or ')}`,
          `${entry.ID}: ${field} nennt keinen Eintrag aus ${targets.join(' oder ')}`,
        ),
      },
    ]
  })
}

/** Names that look like those of entries and are none. */
function strangers(name: string, entries: readonly IxitEntry[], names: EntryNames): readonly ClaimFinding[] {
  const texts = entries.flatMap((entry) =>
    Object.entries(entry).map(([field, value]) => (field === 'ID' ? '' : value)),
  )
  const unknown = [...new Set(names.in(texts.join('\n')))].filter((one) => !names.known(one)).sort()
  return unknown.map((one) => ({
    code: 'reference',
    about: name,
    text: text(
      `Names ${one}, which is no entry of any table`,
      `Nennt ${one}, was in keiner Tabelle ein Eintrag ist`,
    ),
  }))
}

/** A maker's own summary against the entries: only where its first column holds names of entries. */
function summaryFindings(name: string, { summaries, tables }: ClaimSet): readonly ClaimFinding[] {
  const rows = summaries.filter(({ table }) => table === name)
  const ids = (tables[name] ?? []).flatMap(({ ID }) => ID ?? [])
  if (!rows.some(({ id }) => ids.includes(id))) return periodFindings(name, rows, tables[name] ?? [])
  const [extra, left] = [
    rows.map(({ id }) => id).filter((id) => !ids.includes(id)),
    ids.filter((id) => !rows.some((row) => row.id === id)),
  ]
  return [
    ...extra.map(
      (id): ClaimFinding => ({
        code: 'contradiction',
        about: name,
        text: text(
          `The summary has ${id}, and the table has no such entry`,
          `Die Übersicht hat ${id}, die Tabelle hat keinen solchen Eintrag`,
        ),
      }),
    ),
    ...left.map(
      (id): ClaimFinding => ({
        code: 'contradiction',
        about: name,
        text: text(
          `The table has ${id}, and the summary does not`,
          `Die Tabelle hat ${id}, die Übersicht nicht`,
        ),
      }),
    ),
  ]
}

function periodFindings(
  name: string,
  rows: readonly { readonly id: string; readonly text: string }[],
  entries: readonly IxitEntry[],
): readonly ClaimFinding[] {
  const open = entries.some((entry) => isPlaceholder(entry['Support Period'] ?? ''))
  const told = rows.find((row) => open && /\b\d{1,2}[\s-](?:years?|jahre?)\b/i.test(row.text))
  if (!told) return []
  return [
    {
      code: 'contradiction',
      about: name,
      text: text(
        `The summary tells a support period (${told.id}), and the field Support Period holds a placeholder`,
        `Die Übersicht nennt einen Unterstützungszeitraum (${told.id}), im Feld Support Period steht ein Platzhalter`,
      ),
    },
  ]
}

/** Mechanisms with cryptography have keys: 5.4-1 asks for a list that is complete against the other tables. */
function parameterFindings({ tables }: ClaimSet): readonly ClaimFinding[] {
  const parameters = Object.entries(tables).find(([name]) => name.startsWith('10-'))?.[1] ?? []
  const told = parameters.map((entry) => Object.values(entry).join('\n')).join('\n')
  const ids = parameters.flatMap(({ ID }) => ID ?? [])
  return Object.entries(tables).flatMap(([name, entries]): ClaimFinding[] => {
    if (!/^(?:1|7|11)-/.test(name)) return []
    const without = entries.filter((entry) => {
      const details = entry['Cryptographic Details'] ?? ''
      const own = Object.values(entry).join('\n')
      const belongs =
        ids.some((id) => own.includes(id)) || (entry.ID !== undefined && told.includes(entry.ID))
      return details.trim() !== '' && !saysNone(details) && !belongs
    })
    if (without.length === 0) return []
    const list = without.map(({ ID }) => ID).join(', ')
    return [
      {
        code: 'reference',
        about: name,
        text: text(
          `They use cryptography, and no entry of 10-SecParam names them or is named by them: ${list}`,
          `Sie nutzen Kryptografie, und kein Eintrag aus 10-SecParam nennt sie oder wird von ihnen genannt: ${list}`,
        ),
      },
    ]
  })
}

function confirmations({ tables }: ClaimSet): readonly ClaimFinding[] {
  return (tables['4-Conf'] ?? []).flatMap((entry) =>
    Object.entries(entry)
      .filter(([, value]) => /^\s*(?:no|nein)\b/i.test(value))
      .map(([field]) => ({
        code: 'contradiction' as const,
        about: '4-Conf',
        entry: '',
        field,
        text: text(`${field} is answered No`, `${field} ist mit Nein beantwortet`),
      })),
  )
}

/** Who describes how a unit is replaced cannot have nothing to publish about it. */
function replacement({ tables }: ClaimSet): readonly ClaimFinding[] {
  const [info] = tables['2-UserInfo'] ?? []
  if (
    !info ||
    (tables['9-ReplSup'] ?? []).length === 0 ||
    !saysNone(info['Documentation of Replacement'] ?? '')
  )
    return []
  return [
    {
      code: 'contradiction',
      about: '2-UserInfo',
      entry: '',
      field: 'Documentation of Replacement',
      text: text(
        'Documentation of Replacement is said not to apply, and 9-ReplSup describes a replacement',
        'Documentation of Replacement soll nicht zutreffen, und 9-ReplSup beschreibt einen Austausch',
      ),
    },
  ]
}
