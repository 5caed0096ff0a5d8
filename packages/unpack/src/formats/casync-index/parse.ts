import { type Bytes, Reader } from '@messlatte/bytes'
import { caRecordAt, RECORD, RECORDS } from '../caformat.ts'

const INDEX = 48
const ITEM = 40
const MOST_ITEMS = 4_000_000
/** In place of a size. */
const OPEN = 'ffffffffffffffff'
/** Zeros, where the index begins, the size of the table, and a mark. */
const TAIL_MARK = '4b4f050e5549ecd1'

/** Where the index at `at` ends; undefined for what is none; little endian. */
export function parseCasyncIndex(bytes: Bytes, at: number): number | undefined {
  const index = caRecordAt(bytes, at)
  if (index?.type !== RECORDS.index || index.size !== INDEX) return undefined
  const table = at + INDEX
  if (caRecordAt(bytes, table)?.type !== RECORDS.table || hexAt(bytes, table) !== OPEN) return undefined
  let before = 0
  for (let items = 0; items < MOST_ITEMS; items++) {
    const place = table + RECORD + items * ITEM
    if (place + ITEM > bytes.size) return undefined
    const reader = new Reader(bytes.view(place, ITEM), 'little')
    const offset = reader.size64()
    if (offset === 0) return isTail(reader, RECORD + (items + 1) * ITEM) ? place + ITEM : undefined
    if (offset <= before || !Number.isFinite(offset)) return undefined
    before = offset
  }
  return undefined
}

function hexAt(bytes: Bytes, at: number): string {
  return Buffer.from(bytes.view(at, 8)).toString('hex')
}

function isTail(reader: Reader, size: number): boolean {
  reader.skip(8)
  const [index, told] = [reader.size64(), reader.size64()]
  return (
    index === INDEX && told === size && Buffer.from(reader.take(8)).reverse().toString('hex') === TAIL_MARK
  )
}
