import { readdirSync, readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { sqlite } from './index.ts'
import { openSqlite, rowsOf } from './rows.ts'

/** Rows of a table as plain values, blobs in hexadecimal digits. */
function table(content: Uint8Array, name: string): readonly (readonly unknown[])[] {
  const bytes = memoryBytes(content)
  const database = openSqlite(bytes)
  const found = database?.tables.find((one) => one.name === name)
  if (!database || !found) return []
  return [...rowsOf(bytes, database, found)].map(({ values }) =>
    values.map(({ value }) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value)),
  )
}

function fixtures(kind: string) {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  return readdirSync(folder).map((name) => ({
    name,
    bytes: memoryBytes(readFileSync(new URL(name, folder))),
  }))
}

describe('sqlite', () => {
  it('names where its layout is described', () => {
    expect(sqlite.references).not.toEqual([])
  })

  it('recognises its fixtures, with their exact ends', () => {
    expect(fixtures('positive')).not.toEqual([])
    for (const { name, bytes } of fixtures('positive')) {
      expect(sqlite.recognise(bytes, 0), name).toEqual({ start: 0, end: bytes.size })
    }
  })

  it('refuses what only looks like it', () => {
    expect(fixtures('negative')).not.toEqual([])
    for (const { name, bytes } of fixtures('negative')) {
      expect(sqlite.recognise(bytes, 0), name).toBeUndefined()
    }
  })

  it('reads tables of several levels, overflow pages, and all kinds of values', () => {
    const rows = table(fixture('sqlite', 'levels.db'), 'values')
    expect(rows.length).toBe(155)
    expect(rows.slice(0, 149).map(([id, name, number]) => [id, name, number])).toEqual(
      Array.from({ length: 149 }, (_, at) => [at + 1, `name-${at + 1}`, (at + 1) ** 2]),
    )
    expect(rows[49]?.[3]).toBe(Buffer.from('ab'.repeat(1000)).toString('hex'))
    expect(rows.slice(150)).toEqual([
      [1000, 'negative', -5, '00ff'],
      [1001, 'real', 1.5, null],
      [1002, 'large', 9223372036854775807n, null],
      [1003, 'one', 1, null],
      [1004, 'zero', 0, null],
    ])
  })

  it('names columns, and tables that it does not read', () => {
    const database = openSqlite(memoryBytes(fixture('sqlite', 'levels.db')))
    expect(database?.tables).toMatchObject([
      { name: 'values', columns: ['id', 'name', 'number', 'content'], rowid: 0 },
    ])
    expect(database?.notRead).toEqual([{ name: 'pairs', why: 'without-rowid' }])
  })

  it('reads UTF-16, and says where a value lies', () => {
    const content = fixture('sqlite', 'utf-16.db')
    expect(table(content, 'users')).toEqual([['Jürgen', 'Über-geheim-9']])
    const bytes = memoryBytes(content)
    const database = openSqlite(bytes)!
    const [row] = [...rowsOf(bytes, database, database.tables[0]!)]
    const at = row?.values[1]?.offset ?? 0
    expect(new TextDecoder('utf-16be').decode(content.subarray(at, at + 26))).toBe('Über-geheim-9')
  })

  it('tells of a write-ahead log', () => {
    const content = fixture('sqlite', 'wal.db')
    expect(openSqlite(memoryBytes(content))?.header.wal).toBe(true)
    expect(table(content, 't')).toEqual([[7]])
  })

  it('ends on pages that point at each other, and leaves out what is damaged', () => {
    const content = Buffer.from(fixture('sqlite', 'levels.db'))
    for (let at = 0; at < content.length; at += 7) {
      const damaged = Buffer.from(content)
      damaged[at] = (damaged[at] as number) ^ 0x05
      const bytes = memoryBytes(damaged)
      const database = openSqlite(bytes)
      for (const one of database?.tables ?? []) for (const _ of rowsOf(bytes, database!, one));
    }
  })
})

hostileSuite({ format: sqlite, fixture: fixture('sqlite', 'utf-16.db') })
