import { BytesError } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../../contract.ts'
import { type InodeMember, type InodeName, type InodeTree, listInodes } from '../inode-tree.ts'
import { changedSeconds, type FileRecord, KIND, parseName } from './record.ts'
import type { Volume } from './volume.ts'

/** What a file's contents are read from. */
export interface NtfsFile {
  /** Its records: the first one, and those that go on with it. */
  readonly records: readonly number[]
  /** Of the named contents, byte strings. */
  readonly streams: readonly string[]
  /** Bytes, as far as known. */
  readonly size: number
}

export const ROOT = 5
/** Records below are the file system's own. */
const FIRST_USER = 24
/** More are not listed: their names would fill the memory. */
const MOST_RECORDS = 2_000_000

interface Known {
  readonly isDirectory: boolean
  readonly mtime: number | undefined
  readonly more: number[]
  readonly streams: Set<string>
  size: number
}

/** Reads the whole table once: names tell where they stand. */
export function* listFiles(volume: Volume, problem: Sink['problem']): Generator<InodeMember<NtfsFile>> {
  const known = new Map<number, Known>()
  const names = new Map<number, InodeName[]>()
  const extensions: { readonly base: number; readonly number: number; readonly record: FileRecord }[] = []
  if (volume.records > MOST_RECORDS)
    problem('unsupported', `over ${MOST_RECORDS} records: the others are left out`)
  for (let number = ROOT; number < Math.min(volume.records, MOST_RECORDS); number++) {
    if (number !== ROOT && number < FIRST_USER) continue
    const record = readRecord(volume, number)
    if (record === 'cut') {
      problem('truncated', 'the table of files is cut off')
      break
    }
    if (!record) continue
    if (record.base !== 0) {
      extensions.push({ base: record.base, number, record })
      continue
    }
    known.set(number, knownOf(record))
    addNames(names, number, record, record.isDirectory)
  }
  for (const { base, number, record } of extensions) {
    const file = known.get(base)
    if (!file) continue
    file.more.push(number)
    addStreams(file, record)
    addNames(names, base, record, file.isDirectory)
  }
  yield* listInodes(treeOf(known, names), problem)
}

function readRecord(volume: Volume, number: number): FileRecord | 'cut' | undefined {
  try {
    return volume.record(number)
  } catch (error) {
    if (error instanceof BytesError) return 'cut'
    throw error
  }
}

function knownOf(record: FileRecord): Known {
  const standard = record.attributes.find(({ kind }) => kind === KIND.standard)?.resident
  const known: Known = {
    isDirectory: record.isDirectory,
    mtime: standard && changedSeconds(standard),
    more: [],
    streams: new Set(),
    size: 0,
  }
  addStreams(known, record)
  return known
}

function addStreams(known: Known, { attributes }: FileRecord): void {
  for (const { kind, name, resident, stored } of attributes) {
    if (kind !== KIND.data) continue
    if (name !== '') known.streams.add(name)
    known.size += resident?.length ?? (stored?.first === 0 ? stored.size : 0)
  }
}

function addNames(
  names: Map<number, InodeName[]>,
  inode: number,
  { attributes }: FileRecord,
  isDirectory: boolean,
): void {
  for (const { kind, resident } of attributes) {
    const found = kind === KIND.name && resident ? parseName(resident) : undefined
    const isOwn = found && found.parent !== ROOT && found.parent < FIRST_USER
    if (!found || isOwn || (inode === ROOT && found.parent === ROOT)) continue
    const children = names.get(found.parent) ?? []
    children.push({ name: found.name, inode, isDirectory })
    names.set(found.parent, children)
  }
}

function treeOf(
  known: ReadonlyMap<number, Known>,
  names: ReadonlyMap<number, readonly InodeName[]>,
): InodeTree<NtfsFile> {
  return {
    root: ROOT,
    describe(inode, path): EntryMeta | undefined {
      const file = known.get(inode)
      if (!file) return undefined
      const { isDirectory, mtime } = file
      return {
        path,
        type: isDirectory ? 'directory' : 'file',
        ...(mtime !== undefined && { mtime }),
      }
    },
    within: (directory) =>
      [...(names.get(directory) ?? [])].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    content(inode) {
      const file = known.get(inode)
      return {
        records: [inode, ...(file?.more ?? [])],
        streams: [...(file?.streams ?? [])],
        size: file?.size ?? 0,
      }
    },
    parents: () => names.keys(),
  }
}
