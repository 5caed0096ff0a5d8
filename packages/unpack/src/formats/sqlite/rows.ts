import type { Bytes } from '@messlatte/bytes'
import { parseSqliteHeader, type SqliteHeader } from './parse.ts'

/** Where a value lies: in the file as a whole, or where its record begins, when it was put together. */
export interface SqliteValue {
  readonly value: bigint | number | string | Uint8Array | null
  /** Bytes from the start of the database; of the record where the value lies in overflow pages. */
  readonly offset: number
}

export interface SqliteTable {
  readonly name: string
  readonly columns: readonly string[]
  /** The column that is the number of the row itself; -1 where there is none. */
  readonly rowid: number
  readonly root: number
}

export interface SqliteRow {
  readonly rowid: number
  readonly values: readonly SqliteValue[]
}

export interface SqliteDatabase {
  readonly header: SqliteHeader
  readonly tables: readonly SqliteTable[]
  /** Tables that are there and are not read, with the reason. */
  readonly notRead: readonly {
    readonly name: string
    readonly why: 'damaged' | 'virtual' | 'without-rowid'
  }[]
}

const MOST_DEPTH = 20
const MOST_PAGES = 200_000
const MOST_ROWS = 200_000
const MOST_TABLES = 500
/** Longer records are passed over. */
const MOST_RECORD = 1024 * 1024

/** The tables of a database (Database File Format, section 2.6); undefined where it is none. */
export function openSqlite(bytes: Bytes): SqliteDatabase | undefined {
  const header = parseSqliteHeader(bytes, 0)
  if (!header) return undefined
  const tables: SqliteTable[] = []
  const notRead: SqliteDatabase['notRead'][number][] = []
  for (const { values } of rowsFrom(bytes, header, 1)) {
    const [type, name, , root, sql] = values.map(({ value }) => value)
    if (type !== 'table' || typeof name !== 'string' || tables.length >= MOST_TABLES) continue
    if (typeof sql !== 'string' || typeof root !== 'number' || root === 0)
      notRead.push({ name, why: 'virtual' })
    else if (/\)[^)]*\bWITHOUT\s+ROWID\b[^)]*$/i.test(sql.slice(-200)))
      notRead.push({ name, why: 'without-rowid' })
    else tables.push({ name, root, ...columnsOf(sql) })
  }
  return { header, tables, notRead }
}

/** Rows of a table, in their order; what is damaged is left out. */
export function* rowsOf(bytes: Bytes, { header }: SqliteDatabase, table: SqliteTable): Generator<SqliteRow> {
  for (const row of rowsFrom(bytes, header, table.root)) {
    const values = row.values.map((one, index) =>
      index === table.rowid && one.value === null ? { ...one, value: row.rowid } : one,
    )
    yield { rowid: row.rowid, values }
  }
}

/** Walks a table b-tree (section 1.6) without recursion; each page once. */
function* rowsFrom(bytes: Bytes, header: SqliteHeader, root: number): Generator<SqliteRow> {
  const seen = new Set<number>()
  const waiting: { readonly page: number; readonly depth: number }[] = [{ page: root, depth: 0 }]
  let rows = 0
  for (let next = waiting.pop(); next && seen.size < MOST_PAGES; next = waiting.pop()) {
    const at = (next.page - 1) * header.pageSize
    if (next.page < 1 || seen.has(next.page) || next.depth > MOST_DEPTH || at + header.pageSize > bytes.size)
      continue
    seen.add(next.page)
    const page = bytes.view(at, header.pageSize)
    const view = new DataView(page.buffer, page.byteOffset, page.byteLength)
    const start = next.page === 1 ? 100 : 0
    const kind = page[start]
    const cells = view.getUint16(start + 3)
    const first = start + (kind === 5 ? 12 : 8)
    if ((kind !== 5 && kind !== 13) || first + cells * 2 > page.length) continue
    const pointers = Array.from({ length: cells }, (_, index) => view.getUint16(first + index * 2))
    if (kind === 5) {
      const depth = next.depth + 1
      waiting.push({ page: view.getUint32(start + 8), depth })
      for (const pointer of pointers.toReversed())
        if (pointer + 4 <= page.length) waiting.push({ page: view.getUint32(pointer), depth })
      continue
    }
    for (const pointer of pointers) {
      if (++rows > MOST_ROWS) return
      const row = rowAt(bytes, header, page, at, pointer)
      if (row) yield row
    }
  }
}

function rowAt(
  bytes: Bytes,
  header: SqliteHeader,
  page: Uint8Array,
  at: number,
  pointer: number,
): SqliteRow | undefined {
  const size = varint(page, pointer)
  const number = size && varint(page, size.end)
  if (!size || !number || size.value > MOST_RECORD) return undefined
  const record = payload(bytes, header, page, number.end, size.value)
  if (!record) return undefined
  const values = valuesOf(record.data, header, at + number.end, record.local)
  return values && { rowid: number.value, values }
}

/** A record, put together with its overflow pages (section 1.6). */
function payload(
  bytes: Bytes,
  { usable, pageSize }: SqliteHeader,
  page: Uint8Array,
  at: number,
  size: number,
) {
  const most = usable - 35
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const rest = least + ((size - least) % (usable - 4))
  const local = size <= most ? size : rest <= most ? rest : least
  if (at + local > page.length) return undefined
  if (local === size) return { data: page.subarray(at, at + size), local }
  const data = new Uint8Array(size)
  data.set(page.subarray(at, at + local))
  if (at + local + 4 > page.length) return undefined
  let next = wordOf(page, at + local)
  for (let done = local; done < size; ) {
    const from = (next - 1) * pageSize
    if (next < 2 || from + pageSize > bytes.size) return undefined
    const overflow = bytes.view(from, usable)
    const part = overflow.subarray(4, 4 + Math.min(usable - 4, size - done))
    data.set(part, done)
    done += part.length
    next = wordOf(overflow, 0)
  }
  return { data, local }
}

function wordOf(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at)
}

/** The values of a record (section 2.1). */
function valuesOf(
  data: Uint8Array,
  header: SqliteHeader,
  at: number,
  local: number,
): readonly SqliteValue[] | undefined {
  const head = varint(data, 0)
  if (!head || head.value > data.length) return undefined
  const values: SqliteValue[] = []
  let body = head.value
  for (let from = head.end; from < head.value; ) {
    const type = varint(data, from)
    if (!type) return undefined
    from = type.end
    const length = lengthOf(type.value)
    if (body + length > data.length) return undefined
    const raw = data.subarray(body, body + length)
    values.push({
      value: valueFrom(type.value, raw, header.encoding),
      offset: body + length <= local ? at + body : at,
    })
    body += length
  }
  return values
}

function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2)
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] as number
}

function valueFrom(type: number, raw: Uint8Array, encoding: SqliteHeader['encoding']): SqliteValue['value'] {
  if (type === 0 || type === 10 || type === 11) return null
  if (type === 8 || type === 9) return type - 8
  if (type === 7) return new DataView(raw.buffer, raw.byteOffset, 8).getFloat64(0)
  if (type >= 12) return type % 2 === 0 ? raw : new TextDecoder(encoding).decode(raw)
  const value = raw.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const signed = BigInt.asIntN(raw.length * 8, value)
  const number = Number(signed)
  return Number.isSafeInteger(number) ? number : signed
}

/** Up to nine bytes, seven bits each, and eight in the last one. */
function varint(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0
  for (let i = 0; i < 9; i++) {
    const byte = bytes[at + i]
    if (byte === undefined) return undefined
    value = i === 8 ? value * 256 + byte : value * 128 + (byte & 0x7f)
    if (i === 8 || byte < 0x80) return { value, end: at + i + 1 }
  }
  return undefined
}

const CONSTRAINT = /^(?:PRIMARY|UNIQUE|CHECK|FOREIGN|CONSTRAINT)\b/i

/** Names of columns from the statement that made the table. */
function columnsOf(sql: string): Pick<SqliteTable, 'columns' | 'rowid'> {
  const parts = definitions(sql.slice(0, 64 * 1024)).filter((part) => !CONSTRAINT.test(part))
  const columns = parts.map((part) => {
    const match = /^(?:"([^"]*)"|`([^`]*)`|\[([^\]]*)\]|'([^']*)'|([^\s(,]+))/.exec(part)
    return match?.slice(1).find((name) => name !== undefined) ?? ''
  })
  return { columns, rowid: parts.findIndex((part) => /\bINTEGER\s+PRIMARY\s+KEY\b(?!\s+DESC)/i.test(part)) }
}

/** What stands between the outer parentheses, split at its commas. */
function definitions(sql: string): readonly string[] {
  const parts: string[] = []
  let [depth, quote, part] = [0, '', '']
  for (const character of sql) {
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '(') {
      if (++depth === 1) continue
    } else if (character === ')') {
      if (--depth === 0) break
    } else if (/["'`[]/.test(character)) quote = character === '[' ? ']' : character
    else if (character === ',' && depth === 1) {
      parts.push(part.trim())
      part = ''
      continue
    }
    if (depth > 0) part += character
  }
  return [...parts, part.trim()].filter((one) => one !== '')
}
