import type { Bytes } from '@messlatte/bytes'
import type { Region, Sink } from '../../contract.ts'
import { fileNameOfKey } from '../key-names.ts'
import {
  BLOB_DATA,
  BLOB_INDEX,
  BLOB_V1,
  blobIndexOf,
  integerOf,
  type NvsEntry,
  type NvsPage,
  type NvsPayload,
  PAGE,
  parseNvsPage,
  payloadMatches,
  payloadOf,
  readNvsEntries,
  STRING,
} from './parse.ts'

/** What is kept under a key. Old values were overwritten or deleted, and still stand in the flash. */
export interface NvsValue {
  readonly namespace: string
  readonly key: string
  readonly type: string
  readonly old: boolean
  /** Of integers. */
  readonly value?: number | string
  /** Of strings and blobs: the name of the member, its size in bytes and where it lies. */
  readonly file?: string
  readonly size?: number
  readonly pieces?: readonly NvsPayload[]
}

/** Reads all pages of a region; problems of single pages and values are told. */
export function readNvs(bytes: Bytes, region: Region, problem: Sink['problem']): readonly NvsValue[] {
  const entries = entriesOf(bytes, region, problem)
  const names = namespacesOf(entries)
  const newest = newestOf(entries)
  const pieces = new Pieces(entries)
  const values: NvsValue[] = []
  for (const entry of entries) {
    if (entry.namespace === 0 || entry.type === BLOB_DATA) continue
    const old = newest.get(identityOf(entry)) !== entry
    const namespace = names.get(entry.namespace) ?? `namespace-${entry.namespace}`
    const value = readValue(bytes, region, entry, { namespace, old }, pieces, problem)
    if (value) values.push(value)
  }
  return values
}

/** In the order in which they were written. */
function entriesOf(bytes: Bytes, region: Region, problem: Sink['problem']): readonly NvsEntry[] {
  const pages: { readonly at: number; readonly page: NvsPage }[] = []
  for (let at = region.start; at < region.end; at += PAGE) {
    const page = parseNvsPage(bytes, at)
    if (page) pages.push({ at, page })
  }
  pages.sort((a, b) => a.page.sequence - b.page.sequence)
  const entries: NvsEntry[] = []
  for (const { at } of pages) {
    const page = `the page at 0x${(at - region.start).toString(16)}`
    const content = readNvsEntries(bytes, at)
    for (const entry of content.entries) entries.push(entry)
    if (content.sound === 0 && content.damaged > 1)
      problem('unsupported', `${page} is encrypted: no CRC of its ${content.damaged} entries matches`)
    else if (content.damaged > 0) problem('checksum', `${page} has ${content.damaged} damaged entries`)
  }
  return entries
}

/** Namespace 0 holds the names of all others. */
function namespacesOf(entries: readonly NvsEntry[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  for (const { namespace, current, data, key } of entries) {
    const index = data[0] as number
    if (namespace === 0 && (current || !names.has(index))) names.set(index, key)
  }
  return names
}

/** An index takes the place of the blob that it stands for. */
function identityOf({ namespace, key }: NvsEntry): string {
  return `${namespace}/${key}`
}

/** When power was lost between writing and erasing, two entries of one key are in use: the later one counts. */
function newestOf(entries: readonly NvsEntry[]): ReadonlyMap<string, NvsEntry> {
  const newest = new Map<string, NvsEntry>()
  for (const entry of entries)
    if (entry.current && entry.type !== BLOB_DATA) newest.set(identityOf(entry), entry)
  return newest
}

/** Pieces of blobs, by what they belong to and their number. */
class Pieces {
  readonly #byName = new Map<string, NvsEntry[]>()

  constructor(entries: readonly NvsEntry[]) {
    for (const entry of entries.filter(({ type }) => type === BLOB_DATA)) {
      const name = `${identityOf(entry)}/${entry.chunk}`
      const known = this.#byName.get(name)
      if (known) known.push(entry)
      else this.#byName.set(name, [entry])
    }
  }

  /** Of an old index, the piece of its own time may be any: the last one that is old. */
  find(index: NvsEntry, number: number, old: boolean): NvsPayload | undefined {
    const all = this.#byName.get(`${identityOf(index)}/${number}`) ?? []
    const entry = all.findLast(({ current }) => current !== old) ?? all.at(-1)
    return entry && payloadOf(entry)
  }
}

function readValue(
  bytes: Bytes,
  region: Region,
  entry: NvsEntry,
  place: Pick<NvsValue, 'namespace' | 'old'>,
  pieces: Pieces,
  problem: Sink['problem'],
): NvsValue | undefined {
  const named = { ...place, key: entry.key }
  const integer = integerOf(entry)
  if (integer) return { ...named, ...integer }
  const mark = place.old ? `@0x${(entry.at - region.start).toString(16)}` : ''
  const file = `${fileNameOfKey(place.namespace)}/${fileNameOfKey(entry.key)}${mark}`
  const isIndex = entry.type === BLOB_INDEX
  if (!isIndex && entry.type !== STRING && entry.type !== BLOB_V1) {
    problem('unsupported', `type ${entry.type} is not known`, file)
    return undefined
  }
  const { size: whole, count, first } = blobIndexOf(entry)
  const found = isIndex
    ? Array.from({ length: count }, (_, index) => pieces.find(entry, first + index, place.old))
    : [payloadOf(entry)]
  const there = found.filter(
    (piece) => piece !== undefined && piece.at + piece.length <= region.end,
  ) as NvsPayload[]
  const size = there.reduce((sum, { length }) => sum + length, 0)
  // What was erased may have been moved: that its pieces are gone is no damage.
  if (there.length < found.length || (isIndex && size !== whole)) {
    if (!place.old) problem('structure', 'not all of its pieces are there', file)
    return undefined
  }
  const matches = there.every((piece) => payloadMatches(bytes, piece))
  if (!matches && place.old) return undefined
  if (!matches) problem('checksum', 'the CRC of its content differs', file)
  if (entry.type !== STRING) return { ...named, type: 'blob', file, size, pieces: there }
  // Strings are stored with the NUL that ends them.
  return { ...named, type: 'string', file, size: Math.max(0, size - 1), pieces: there }
}
