import { createHash } from 'node:crypto'
import type { CsvRow } from '@messlatte/bytes'
import { macOf, type PublicValue } from '../values/identity.ts'
import { readCsv, TableError } from './csv.ts'

/** One unit of the table. */
export interface LabelledUnit {
  /** Line in the file, from 1. */
  readonly line: number
  readonly publics: readonly PublicValue[]
  /** By the name of the column; empty cells are left out. */
  readonly secrets: Readonly<Record<string, string>>
}

export interface LabelTable {
  readonly name: string
  /** SHA-256 (hex) of the table with its secrets left empty: cells joined by commas, rows ended by line feeds. */
  readonly sha256: string
  readonly units: readonly LabelledUnit[]
  /** Columns in which secrets stand. */
  readonly secretColumns: readonly string[]
  readonly publicColumns: readonly { readonly name: string; readonly kind: PublicValue['kind'] }[]
}

type Role = PublicValue['kind'] | 'secret' | 'user'

/** Headers as people write them: without spaces, hyphens and underscores, in lower case. */
const ROLES: readonly (readonly [RegExp, Role])[] = [
  [/mac(?:addr(?:ess)?|adresse)?\d?$|^mac|bssid$|hwaddr|ethaddr/, 'mac'],
  [/^(?:device|unit|geräte?)?(?:serial(?:no|number|nr|num)?|s\/?n|snr|seriennr|seriennummer)\.?$/, 'serial'],
  [/ssid$|^(?:network|wifi|wlan)name$|netzname$/, 'ssid'],
  [/user(?:name)?$|^login(?:name)?$|benutzer(?:name)?$/, 'user'],
  [
    /pass(?:word|phrase|wort|wd|code|key)?\d?$|pwd\d?$|^pw\d?$|kennwort|pin(?:code)?\d?$|psk\d?$|^wpa\d?$|^admin$|(?:wifi|wlan|wpa\d?|network|net|security|default|login|device|setup|pairing)(?:key|code)$|secret$|^(?:key|puk|code|token|geheimnis)$|schlüssel$/,
    'secret',
  ],
]

const HELP =
  'the columns are found by their headers: mac, serial, ssid for what is public; password, wpa, admin, pin, psk or key for what is secret'

/** @throws TableError that names line and column */
export function readLabels(content: string, name: string): LabelTable {
  const [head, ...rows] = readCsv(content)
  if (!head) throw new TableError(1, undefined, `is empty; ${HELP}`)
  const headers = head.cells.map((cell) => cell.trim())
  headers.forEach((header, at) => {
    if (header !== '' && headers.indexOf(header) !== at)
      throw new TableError(head.line, header, 'stands in the head twice')
  })
  const roles = headers.map(roleOf)
  const secretColumns = headers.filter((_, at) => roles[at] === 'secret')
  if (secretColumns.length === 0)
    throw new TableError(
      head.line,
      undefined,
      `no column holds secrets (there are ${headers.join(', ')}); ${HELP}`,
    )
  if (rows.length < 2)
    throw new TableError(head.line, undefined, 'has fewer than two units; one alone cannot be compared')
  const units = rows.map((row) => unitOf(row, headers, roles))
  refuseTwice(units)
  return {
    name,
    sha256: digestOf(rows, roles, headers),
    units,
    secretColumns,
    publicColumns: headers.flatMap((header, at) => {
      const kind = roles[at]
      return header === '' || kind === undefined || kind === 'secret' || kind === 'user'
        ? []
        : [{ name: header, kind }]
    }),
  }
}

function roleOf(header: string): Role {
  const plain = header.toLowerCase().replaceAll(/[\s_-]/g, '')
  return ROLES.find(([pattern]) => pattern.test(plain))?.[1] ?? 'other'
}

function unitOf(row: CsvRow, headers: readonly string[], roles: readonly Role[]): LabelledUnit {
  if (row.cells.length !== headers.length)
    throw new TableError(row.line, undefined, `has ${row.cells.length} cells, the head has ${headers.length}`)
  const publics: PublicValue[] = []
  const secrets: Record<string, string> = {}
  row.cells.forEach((cell, at) => {
    const [header = '', role] = [headers[at], roles[at]]
    if (cell === '' || header === '' || role === undefined || role === 'user') return
    if (/^\d(?:[.,]\d+)?E\+\d+$/.test(cell))
      throw new TableError(
        row.line,
        header,
        'is a number that a spreadsheet has rounded; format the column as text',
      )
    if (role === 'secret') secrets[header] = cell
    else publics.push(publicOf(row.line, header, role, cell))
  })
  return { line: row.line, publics, secrets }
}

function publicOf(line: number, name: string, kind: PublicValue['kind'], cell: string): PublicValue {
  if (kind !== 'mac') return { kind, name, value: cell }
  const value = macOf(cell)
  if (value === undefined)
    throw new TableError(line, name, `“${cell.slice(0, 40)}” is no MAC address of 12 hexadecimal digits`)
  return { kind, name, value }
}

/** One unit in two lines would be two units with equal passwords. */
function refuseTwice(units: readonly LabelledUnit[]): void {
  const seen = new Map<string, number>()
  for (const { line, publics } of units) {
    for (const { kind, name, value } of publics) {
      if (kind !== 'mac' && kind !== 'serial') continue
      const before = seen.get(`${name}\0${value}`)
      if (before !== undefined)
        throw new TableError(line, name, `is that of line ${before}: each unit may stand there once`)
      seen.set(`${name}\0${value}`, line)
    }
  }
}

function digestOf(rows: readonly CsvRow[], roles: readonly Role[], headers: readonly string[]): string {
  const hash = createHash('sha256').update(`${headers.join(',')}\n`)
  for (const { cells } of rows)
    hash.update(`${cells.map((cell, at) => (roles[at] === 'secret' ? '' : cell)).join(',')}\n`)
  return hash.digest('hex')
}
