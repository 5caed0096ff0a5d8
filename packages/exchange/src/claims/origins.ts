import { createHash } from 'node:crypto'
import { type ClaimFinding, type Comparison, canonicalJson } from '@messlatte/conformity'
import type { ClaimOrigin, ClaimSet } from '@messlatte/model'
import { type Field, readFields } from '../json/fields.ts'

/** Where claims stood in the files of whoever made them, by `originKey`. */
export type ClaimOrigins = Readonly<Record<string, ClaimOrigin>>

export const NO_ORIGINS: ClaimOrigins = {}

/** Characters of the digest by which a claim is known to be still the one that was taken over. */
const DIGEST = 16

/** `ics | 5.7-1`, `20-SecBoot | SecBoot-1 | Description`, `group | 5.7-1`, `dut | DUT Model`; its first parts are the larger place. */
export function originKey(...parts: readonly string[]): string {
  return parts.join(' | ')
}

/** `origins.json` of a project folder: what a claim was is kept as a digest, so that a place is told only of what still stands there. */
export function writeOriginsFile(claims: ClaimSet, origins: ClaimOrigins): string {
  const bound = Object.entries(origins).flatMap(([key, origin]) => {
    const of = digestOf(claims, key)
    return of === undefined ? [] : [[key, { ...origin, of }] as const]
  })
  return `${JSON.stringify(Object.fromEntries(bound), null, 2)}\n`
}

/** Places of the claims that are as they were taken over. Throws FileProblems. */
export function readOriginsFile(name: string, text: string, claims: ClaimSet): ClaimOrigins {
  return readFields(name, text, (root) =>
    Object.fromEntries(
      root.entries().flatMap(([key, field]) => {
        const { of, ...origin } = originIn(field)
        return of === digestOf(claims, key) ? [[key, origin] as const] : []
      }),
    ),
  )
}

/** Findings with the place where each stands: of the field that it is about, else of its entry, row, table or group. */
export function withOrigins(
  findings: readonly ClaimFinding[],
  origins: ClaimOrigins,
): readonly ClaimFinding[] {
  return findings.map((finding) => {
    const origin = keysOf(finding).flatMap((key) => origins[key] ?? [])[0]
    return origin === undefined ? finding : { ...finding, origin }
  })
}

/** The same of claims beside evidence; what nobody claimed stands nowhere. */
export function comparedWithOrigins(
  comparisons: readonly Comparison[],
  origins: ClaimOrigins,
): readonly Comparison[] {
  return comparisons.map((one) => {
    if (one.claimed === '' || (one.of !== 'provision' && one.of !== 'entry')) return one
    const keys = one.of === 'entry' ? [originKey(one.about, one.name)] : [originKey('ics', one.about)]
    const origin = keys.flatMap((key) => origins[key] ?? [])[0]
    return origin === undefined ? one : { ...one, origin }
  })
}

function keysOf({ about, entry, field, from }: ClaimFinding): readonly string[] {
  if (from === 'self-assessment') return [originKey('group', about)]
  if (/^\d+-[A-Z]/i.test(about))
    return [
      ...(entry === undefined || field === undefined ? [] : [originKey(about, entry, field)]),
      ...(entry === undefined ? [] : [originKey(about, entry)]),
      originKey(about),
    ]
  return [originKey('ics', about), originKey('dut', about), ...(about === 'ICS' ? ['ics'] : [])]
}

/** Undefined for what the claims no longer hold; whole tables are always there. */
function digestOf(claims: ClaimSet, key: string): string | undefined {
  const value = valueAt(claims, key)
  return value === undefined
    ? undefined
    : createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, DIGEST)
}

function valueAt({ ics, tables, groups, identification }: ClaimSet, key: string): unknown {
  const [place = '', id, ...field] = key.split(' | ')
  if (place === 'ics')
    return id === undefined ? (ics.length > 0 ? '' : undefined) : ics.find((one) => one.provision === id)
  if (place === 'group') return groups.find((one) => one.provision === id)
  if (place === 'dut') return identification.find(({ name }) => name === id)
  const entries = Object.hasOwn(tables, place) ? tables[place] : undefined
  if (id === undefined) return entries && ''
  const entry = entries?.find(({ ID = '' }) => ID === id)
  return field.length === 0 ? entry : entry && (entry[field.join(' | ')] ?? '')
}

function originIn(field: Field): ClaimOrigin & { readonly of: string } {
  const { file, line, sheet, cell, of } = field.object(['file', 'line', 'sheet', 'cell', 'of'])
  return {
    file: file.string(),
    ...(line.exists && { line: line.count() }),
    ...(sheet.exists && { sheet: sheet.string() }),
    ...(cell.exists && { cell: cell.string() }),
    of: of.string(),
  }
}
