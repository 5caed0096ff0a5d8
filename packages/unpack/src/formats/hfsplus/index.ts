import { type Bytes, BytesError, latin1, Reader } from '@messlatte/bytes'
import { type ContainerFormat, type EntryMeta, FormatError, type Region, type Sink } from '../../contract.ts'
import { type InodeMember, type InodeName, listInodes } from '../inode-tree.ts'
import { copyStretch, inBatches, typeOfMode } from '../members.ts'
import { gathered, type Piece, showPieces } from '../pieces.ts'
import { type Entry, type Overflow, parseEntry, parseOverflow, recordsOf } from './tree.ts'
import { extentsIn, type Header, MAGICS, nodeSizeOf, piecesOf, readHeader } from './volume.ts'

/** A file: its length and where it lies. */
interface File {
  /** Bytes. */
  readonly size: number
  readonly pieces: readonly Piece[]
  readonly isCompressed: boolean
}

type Member = InodeMember<File>

const ROOT = 2
const MOST_ENTRIES = 2_000_000
const MOST_TARGET = 4096
const SYMLINK = 0o120000

export const hfsplus: ContainerFormat<readonly Member[]> = {
  kind: 'container',
  name: 'hfsplus',
  title: 'HFS+ and HFSX',
  references: ['Apple, Technical Note TN1150'],
  limits: [
    'resources, extended attributes and contents that the system packs are not read',
    'hard links are files without a content, and what they lead to stands in a folder of its own',
    'the journal is not replayed; a volume that was not unmounted says so',
    'the other header at the end is not used',
  ],
  magic: [...MAGICS],
  carve: true,

  recognise(bytes, at) {
    const header = readHeader(bytes, at)
    if (!header) return undefined
    const region = { start: at, end: Math.min(at + header.blocks * header.blockSize, bytes.size) }
    return hasCatalog(bytes, region, header) ? region : undefined
  },

  *open(bytes, region, problem) {
    const header = readHeader(bytes, region.start) as Header
    const length = header.blocks * header.blockSize
    if (region.start + length > region.end)
      problem('truncated', `${length} bytes are announced, ${region.end - region.start} are there`)
    if (!header.wasUnmounted)
      problem('unsupported', 'it was not unmounted: what its journal holds is not replayed')
    yield* inBatches(list(bytes, region, header, problem), ({ file }) => file?.size ?? 0)
  },

  read(_bytes, _region, plan, sink) {
    for (const { meta, file } of plan) {
      if (!file) sink.entry(meta)
      else if (file.isCompressed) {
        sink.problem('unsupported', 'its content is packed by the system', meta.path)
        sink.entry(meta)
      } else showPieces(meta, file.size, file.pieces, sink)
    }
  },
}

/** The catalog has to begin with its header; what a cut has taken away speaks for nothing. */
function hasCatalog(bytes: Bytes, region: Region, { catalog, blockSize }: Header): boolean {
  try {
    const at = region.start + (catalog.extents[0]?.start ?? 0) * blockSize
    return nodeSizeOf(bytes.view(at, 512)) <= catalog.size
  } catch (error) {
    if (error instanceof BytesError || error instanceof FormatError) return false
    throw error
  }
}

function* list(bytes: Bytes, region: Region, header: Header, problem: Sink['problem']): Generator<Member> {
  const entries = new Map<number, Entry>()
  const names = new Map<number, InodeName[]>()
  const overflow = new Map<number, Overflow[]>()

  function attempt(action: () => void): void {
    try {
      action()
    } catch (error) {
      if (error instanceof FormatError) problem(error.code, error.message)
      else if (error instanceof BytesError) problem('truncated', error.message)
      else throw error
    }
  }

  attempt(() => {
    for (const record of recordsOf(bytes, region, header, header.extents, problem)) {
      const more = parseOverflow(record)
      if (!more) continue
      const known = overflow.get(more.id) ?? []
      overflow.set(more.id, known)
      known.push(more)
    }
  })
  attempt(() => {
    for (const record of recordsOf(bytes, region, header, header.catalog, problem)) {
      let entry: Entry | undefined
      attempt(() => {
        entry = parseEntry(record)
      })
      if (!entry) continue
      if (entries.size >= MOST_ENTRIES) {
        problem('unsupported', `over ${MOST_ENTRIES} entries: the others are left out`)
        return
      }
      entries.set(entry.id, entry)
      if (entry.id === ROOT) continue
      const children = names.get(entry.parent) ?? []
      names.set(entry.parent, children)
      // Those of the system itself begin with signs that no name has.
      const name = entry.name.replaceAll('\0', '')
      children.push({ name, inode: entry.id, isDirectory: entry.isDirectory })
    }
  })

  function fileOf(entry: Entry, path: string): File {
    const { trouble, tell } = gathered()
    const { size = 0, extents = [] } = entry.content ?? {}
    const more = (overflow.get(entry.id) ?? []).toSorted((a, b) => a.first - b.first)
    const all = [...extents, ...more.flatMap(({ record }) => extentsIn(new Reader(record, 'big')))]
    const pieces = entry.isCompressed ? [] : piecesOf(region, header, size, all, trouble)
    tell({ problem }, path)
    return { size, pieces, isCompressed: entry.isCompressed }
  }

  function describe(id: number, path: string): EntryMeta | undefined {
    const entry = entries.get(id)
    if (!entry) return undefined
    const kept = entry.mode === 0 ? undefined : typeOfMode(entry.mode)
    const type = entry.isDirectory ? 'directory' : entry.isLink ? 'file' : (kept ?? 'file')
    return {
      path,
      type,
      ...(entry.mode !== 0 && { mode: entry.mode & 0o7777, uid: entry.uid, gid: entry.gid }),
      mtime: entry.mtime,
      ...(type === 'symlink' && { target: targetOf(entry, path) }),
      ...((type === 'character' || type === 'block') && {
        device: { major: entry.special >>> 24, minor: entry.special & 0xff_ffff },
      }),
    }
  }

  function targetOf(entry: Entry, path: string): string {
    const { size, pieces } = fileOf(entry, path)
    if (size > MOST_TARGET || (entry.mode & 0o170000) !== SYMLINK) return ''
    const out = new Uint8Array(size)
    for (const { at, length, from } of pieces) copyStretch(bytes, from, out.subarray(at, at + length))
    return latin1(out)
  }

  let path = ''
  yield* listInodes<File>(
    {
      root: ROOT,
      describe(id, at) {
        path = at
        return describe(id, at)
      },
      within: (id) =>
        [...(names.get(id) ?? [])].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
      content: (id) => fileOf(entries.get(id) as Entry, path),
      parents: () => [...names.keys()].filter((id) => id !== ROOT && id !== 1),
    },
    problem,
  )
}
