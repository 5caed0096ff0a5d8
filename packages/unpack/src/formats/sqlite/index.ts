import type { LeafFormat } from '../../contract.ts'
import { MAGIC, parseSqliteHeader } from './parse.ts'

export const sqlite: LeafFormat = {
  kind: 'leaf',
  name: 'sqlite',
  title: 'SQLite database',
  references: ['SQLite, Database File Format'],
  limits: [
    'tables without rowid and virtual tables are not read',
    'a write-ahead log beside a database is not put in',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,
  recognise(bytes, at) {
    const header = parseSqliteHeader(bytes, at)
    if (!header) return undefined
    const rest = bytes.size - at
    const size = header.pages > 0 ? header.pages * header.pageSize : rest - (rest % header.pageSize)
    // One whose header is older than its pages ends where the bytes do.
    return size < header.pageSize || size > rest ? undefined : { start: at, end: at + size }
  },
  examine(bytes, { start }, problem) {
    if (parseSqliteHeader(bytes, start)?.wal)
      problem('unsupported', 'newer contents may lie in a write-ahead log beside it')
  },
}
