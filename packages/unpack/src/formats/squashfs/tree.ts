import { type Bytes, BytesError, DecodeError, Reader } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Sink } from '../../contract.ts'
import { type Codec, decompressorOf, type StoredBlock } from './compression.ts'
import { type DirectoryEntry, readDirectory } from './directories.ts'
import { type Inode, isUnusable, NO_FRAGMENT, NO_XATTR } from './inode.ts'
import { readInode } from './inodes.ts'
import { Metadata, tableEntry } from './metadata.ts'
import { ABSENT, type Superblock } from './superblock.ts'
import { xattrReader } from './xattrs.ts'

/** A file and where its parts lie, relative to the start of the file system. */
export interface PlannedFile {
  readonly meta: EntryMeta
  /** Bytes. */
  readonly size: number
  readonly start: number
  readonly sizeWords: readonly number[]
  readonly fragment: StoredBlock | undefined
  readonly fragmentOffset: number
}

export interface Tree {
  readonly entries: readonly EntryMeta[]
  readonly files: readonly PlannedFile[]
}

/** No real path is longer; a loop of directories would make them grow for ever. */
const MAX_PATH = 16_384
/** Directories may share one list of names, so that a small image can claim any number of them. */
const MAX_ENTRIES = 1_000_000
/** Of all files: lists of blocks that are the same pack well, and names may share them. */
const MAX_BLOCKS = 16_000_000

/** Walks the directory tree. What cannot be read is told to `problem`; the rest is listed. */
export function listTree(
  bytes: Bytes,
  start: number,
  superblock: Superblock,
  codec: Codec,
  problem: Sink['problem'],
): Tree {
  const metadata = new Metadata(bytes, start, superblock, decompressorOf(codec))
  const owner = ownerReader(bytes, start, metadata, superblock)
  const fragment = fragmentReader(bytes, start, metadata, superblock)
  const xattrs =
    superblock.xattrTable === ABSENT
      ? undefined
      : tried(() => xattrReader(bytes, start, metadata, superblock.xattrTable))
  const entries: EntryMeta[] = []
  const files: PlannedFile[] = []
  const seenDirectories = new Set<number>()
  const firstNames = new Map<number, string>()
  let [namesRead, blocksRead] = [0, 0]

  function metaOf(path: string, inode: Inode): EntryMeta {
    const attributes = inode.xattr === NO_XATTR ? undefined : attempt(path, () => xattrs?.(inode.xattr))
    return {
      path,
      type: inode.type,
      mode: inode.mode,
      ...owner(inode),
      ...(inode.mtime === undefined ? {} : { mtime: inode.mtime }),
      ...(inode.type === 'symlink' ? { target: inode.target } : {}),
      ...(inode.type === 'block' || inode.type === 'character'
        ? { device: { major: inode.major, minor: inode.minor } }
        : {}),
      ...(attributes ? { xattrs: attributes } : {}),
    }
  }

  function addFile(path: string, inode: Inode & { type: 'file' }): void {
    const first = inode.links > 1 ? firstNames.get(inode.number) : undefined
    if (first !== undefined) {
      entries.push({ ...metaOf(path, inode), type: 'hardlink', target: first })
      return
    }
    firstNames.set(inode.number, path)
    blocksRead += inode.sizeWords.length
    if (blocksRead > MAX_BLOCKS)
      throw new FormatError('unsupported', `over ${MAX_BLOCKS} blocks of files; this one is left out`)
    files.push({
      meta: metaOf(path, inode),
      size: inode.size,
      start: inode.start,
      sizeWords: inode.sizeWords,
      fragment: inode.fragment === NO_FRAGMENT ? undefined : fragment(inode.fragment),
      fragmentOffset: inode.fragmentOffset,
    })
  }

  /** Attempts; what the image does wrong is a note about `path`. */
  function attempt<T>(path: string, action: () => T): T | undefined {
    try {
      return action()
    } catch (error) {
      if (error instanceof FormatError) problem(error.code, error.message, path)
      else if (error instanceof DecodeError)
        problem('structure', `metadata does not decompress: ${error.message}`, path)
      else if (error instanceof BytesError) problem('truncated', error.message, path)
      else throw error
      return undefined
    }
  }

  function readNames(path: string, inode: Inode & { type: 'directory' }): readonly DirectoryEntry[] {
    const names: DirectoryEntry[] = []
    // An empty directory has no list at all.
    if (inode.size <= 3) return names
    attempt(path, () => {
      for (const name of readDirectory(
        metadata.cursor(superblock.directoryTable, inode.block, inode.offset),
        superblock.version,
        inode.size,
      )) {
        if (++namesRead > MAX_ENTRIES)
          throw new FormatError('unsupported', `over ${MAX_ENTRIES} names; the rest is not listed`)
        names.push(name)
      }
    })
    return names
  }

  const root = {
    block: Number(superblock.rootInode >> 16n),
    offset: Number(superblock.rootInode & 0xffffn),
    path: '',
  }
  const pending = [root]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { path, block, offset } = next
    const inode = attempt(path, () =>
      readInode(metadata.cursor(superblock.inodeTable, block, offset), superblock, block * 65_536 + offset),
    )
    if (!inode) continue
    if (inode.type === 'file') {
      attempt(path, () => addFile(path, inode))
      continue
    }
    if (inode.type !== 'directory') {
      entries.push(metaOf(path, inode))
      continue
    }
    if (seenDirectories.has(inode.number) || path.length > MAX_PATH) {
      problem('loop', 'a directory that was seen before', path)
      continue
    }
    if (entries.length + files.length + pending.length > MAX_ENTRIES) {
      problem('structure', `over ${MAX_ENTRIES} names; the rest is not listed`, path)
      break
    }
    seenDirectories.add(inode.number)
    entries.push(metaOf(path, inode))
    const names = readNames(path, inode)
    for (const entry of names.toReversed()) {
      if (isUnusable(entry.name)) problem('name', 'a name that no file may have', path)
      else
        pending.push({
          path: path === '' ? entry.name : `${path}/${entry.name}`,
          block: entry.block,
          offset: entry.offset,
        })
    }
  }
  return { entries, files }
}

function ownerReader(
  bytes: Bytes,
  start: number,
  metadata: Metadata,
  { owners }: Superblock,
): (inode: Inode) => { readonly uid: number; readonly gid: number } {
  const known = new Map<number, number>()

  function inList(list: number, count: number, index: number): number {
    if (index >= count) throw new FormatError('structure', `owner ${index} of ${count}`)
    return new Reader(bytes.view(start + list + index * 4, 4), metadata.endian).u32()
  }

  function cached(key: number, read: () => number): number {
    const found = known.get(key) ?? tried(read) ?? 0
    known.set(key, found)
    return found
  }

  return ({ uidIndex, gidIndex }) => {
    if (owners.kind === 'table') {
      const number = (index: number) =>
        cached(index, () => tableEntry(bytes, start, metadata, owners.at, index, 4).u32())
      return { uid: number(uidIndex), gid: number(gidIndex ?? uidIndex) }
    }
    const uid = cached(uidIndex, () => inList(owners.users, owners.userCount, uidIndex))
    if (gidIndex === undefined) return { uid, gid: uid }
    return { uid, gid: cached(-1 - gidIndex, () => inList(owners.groups, owners.groupCount, gidIndex)) }
  }
}

function fragmentReader(
  bytes: Bytes,
  start: number,
  metadata: Metadata,
  superblock: Superblock,
): (index: number) => StoredBlock {
  const known = new Map<number, StoredBlock>()
  return (index) => {
    const found = known.get(index)
    if (found) return found
    if (index >= superblock.fragments)
      throw new FormatError('structure', `fragment ${index} of ${superblock.fragments}`)
    const narrow = superblock.version === 2
    const { fragmentTable } = superblock
    const entry = tableEntry(bytes, start, metadata, fragmentTable, index, narrow ? 8 : 16, narrow ? 4 : 8)
    const block = { start: narrow ? entry.u32() : entry.size64(), sizeWord: entry.u32() }
    known.set(index, block)
    return block
  }
}

/** For what a file can do without, as its owner, and for what may be no way to read it. */
export function tried<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (error instanceof FormatError || error instanceof DecodeError || error instanceof BytesError)
      return undefined
    throw error
  }
}
