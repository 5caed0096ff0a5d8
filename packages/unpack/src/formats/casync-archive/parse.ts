import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { EntryMeta } from '../../contract.ts'
import { type CaRecord, caRecordAt, RECORD, RECORDS } from '../caformat.ts'
import { type Stored, type StoredMember, typeOfMode } from '../members.ts'
import { attributeAt } from './attributes.ts'

const ENTRY = 64
const MOST_ENTRIES = 200_000
const MOST_DEPTH = 256
/** What Linux takes for a name and for a target. */
const [MOST_NAME, MOST_TARGET] = [256, 4097] as const
const NANOSECONDS = 1_000_000_000n
/** Extended attributes that are kept of an archive, in bytes of their records. */
const MOST_ATTRIBUTES = 16 * 1024 * 1024

/** Features of an entry: what was written down of it at all. Without them, the fields hold what casync makes up. */
const OWNERS = 0x3n
const TIMES = 0x78n
const RIGHTS = 0x2000_0100n

export interface CasyncArchive {
  readonly members: readonly StoredMember[]
  readonly end: number
  /** Where the archive ends too early: the member at which it does. */
  readonly cut?: { readonly path?: string }
  /** There are more extended attributes than are kept. */
  readonly attributesCut: boolean
}

/** The archive at `at`, or undefined where it does not begin with the entry of a folder; little endian. */
export function parseCasyncArchive(bytes: Bytes, at: number): CasyncArchive | undefined {
  const root = entryAt(bytes, at)
  if (root?.type !== 'directory') return undefined
  const walk: Walk = {
    bytes,
    members: [],
    folders: [''],
    at: at + ENTRY,
    name: undefined,
    entry: undefined,
    attributes: 0,
    own: new Map(),
  }
  for (;;) {
    const record = caRecordAt(bytes, walk.at)
    const step = record && walk.members.length < MOST_ENTRIES ? take(walk, record) : 'cut'
    if (step === 'on') continue
    finish(walk)
    const attributesCut = walk.attributes > MOST_ATTRIBUTES
    if (step === 'end') return { members: walk.members, end: walk.at, attributesCut }
    if (walk.members.length === 0) return undefined
    const path = walk.members.at(-1)?.meta.path
    return {
      members: walk.members,
      end: Math.min(walk.at, bytes.size),
      cut: path === undefined ? {} : { path },
      attributesCut,
    }
  }
}

interface Walk {
  readonly bytes: Bytes
  readonly members: StoredMember[]
  /** Paths with a slash, of the folders that are open. */
  readonly folders: string[]
  at: number
  name: string | undefined
  /** What was announced, and what is not yet shown of it. */
  entry: EntryMeta | undefined
  /** Bytes of the records of extended attributes that were met. */
  attributes: number
  /** Those of the entry. */
  readonly own: Map<string, string>
}

function take(walk: Walk, { size, type }: CaRecord): 'on' | 'end' | 'cut' {
  const { bytes, at } = walk
  if (size < RECORD) return 'cut'
  const next = at + size
  if (type === RECORDS.payload && walk.entry?.type === 'file') {
    walk.at = next
    const length = size - RECORD
    if (next > bytes.size) return 'cut'
    finish(walk, { at: at + RECORD, length })
    return 'on'
  }
  if (next > bytes.size) return 'cut'
  if (type === RECORDS.filename) {
    finish(walk)
    if (size > RECORD + MOST_NAME) return 'cut'
    walk.name = cString(bytes.view(at + RECORD, size - RECORD))
    walk.at = next
    return isName(walk.name) ? 'on' : 'cut'
  }
  if (type === RECORDS.entry) return takeEntry(walk, next)
  if (type === RECORDS.goodbye) return leave(walk, next)
  if (type === RECORDS.symlink && walk.entry && size <= RECORD + MOST_TARGET)
    walk.entry = { ...walk.entry, target: cString(bytes.view(at + RECORD, size - RECORD)) }
  if (type === RECORDS.device && walk.entry && size === RECORD + 16) {
    const reader = new Reader(bytes.view(at + RECORD, 16), 'little')
    walk.entry = { ...walk.entry, device: { major: reader.size64(), minor: reader.size64() } }
  }
  takeAttribute(walk, { size, type })
  // Owners by name, access lists and what later versions add: their size is all that is needed.
  walk.at = next
  return 'on'
}

function takeAttribute(walk: Walk, record: CaRecord): void {
  const attribute = walk.entry && attributeAt(walk.bytes, walk.at, record)
  if (!attribute) return
  walk.attributes += record.size
  if (walk.attributes <= MOST_ATTRIBUTES) walk.own.set(attribute.name, attribute.value)
}

function takeEntry(walk: Walk, next: number): 'on' | 'cut' {
  const meta = entryAt(walk.bytes, walk.at)
  if (!meta || walk.name === undefined) return 'cut'
  const path = `${walk.folders.at(-1)}${walk.name}`
  walk.name = undefined
  walk.at = next
  walk.entry = { ...meta, path }
  if (meta.type !== 'directory') return 'on'
  if (walk.folders.length >= MOST_DEPTH) return 'cut'
  walk.folders.push(`${path}/`)
  return 'on'
}

function leave(walk: Walk, next: number): 'on' | 'end' {
  finish(walk)
  walk.folders.pop()
  walk.at = next
  return walk.folders.length === 0 ? 'end' : 'on'
}

/** Shows the entry; links, devices and folders have no content, nor have files of which a payload does not follow. */
function finish(walk: Walk, content?: Stored): void {
  if (walk.entry) {
    const xattrs = walk.own.size > 0 ? { xattrs: Object.fromEntries(walk.own) } : {}
    walk.members.push({ meta: { ...walk.entry, ...xattrs }, ...(content ? { content } : {}) })
  }
  walk.entry = undefined
  walk.own.clear()
}

function isName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !name.includes('/')
}

/** The entry at `at`, without its path. */
function entryAt(bytes: Bytes, at: number): EntryMeta | undefined {
  const record = caRecordAt(bytes, at)
  if (record?.type !== RECORDS.entry || record.size !== ENTRY || at + ENTRY > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, ENTRY), 'little', RECORD)
  const told = reader.u64()
  const [mode] = [reader.size64(), reader.size64()]
  const [uid, gid] = [reader.size64(), reader.size64()]
  const mtime = Number(reader.u64() / NANOSECONDS)
  const type = mode > 0 && mode <= 0o177777 ? typeOfMode(mode) : undefined
  if (!type) return undefined
  return {
    path: '',
    type,
    ...((told & RIGHTS) === 0n ? {} : { mode: mode & 0o7777 }),
    ...((told & OWNERS) === 0n ? {} : { uid, gid }),
    ...((told & TIMES) === 0n ? {} : { mtime }),
  }
}
