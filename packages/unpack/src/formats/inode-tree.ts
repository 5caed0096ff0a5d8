import type { EntryMeta, Sink } from '../contract.ts'

/** No real path is longer; a loop of directories would make them grow for ever. */
const MAX_PATH = 16_384

/** More names in all than a run may list by default: directories that share their blocks have any number of them. */
const MOST_NAMES = 2_000_000

/** A name in a directory. */
export interface InodeName {
  /** Byte string. */
  readonly name: string
  readonly inode: number
  readonly isDirectory: boolean
}

/** A file system whose names lead to numbered inodes, whatever it keeps them in. */
export interface InodeTree<File> {
  readonly root: number
  /** What the inode is, called `path`; undefined when it is not there. */
  describe(inode: number, path: string): EntryMeta | undefined
  within(directory: number, path: string): readonly InodeName[]
  content(inode: number): File
  /** All inodes that have names within them. */
  parents(): Iterable<number>
}

/** A member; only a file that no earlier name led to has a content. */
export interface InodeMember<File> {
  readonly meta: EntryMeta
  readonly file?: File
}

/** How many names may still be listed. */
interface Room {
  readonly most: number
  names: number
}

/**
 * Lists a tree from its root; directories to which no name leads come behind it, as `inode-N`.
 * @param most names in all; what comes behind them is told, and not listed
 */
export function* listInodes<File>(
  tree: InodeTree<File>,
  problem: Sink['problem'],
  most = MOST_NAMES,
): Generator<InodeMember<File>> {
  const seen = new Set<number>()
  const room = { most, names: most }
  yield* listFrom(tree, tree.root, '', seen, room, problem)
  for (const inode of tree.parents()) {
    if (room.names === 0) return
    const path = `inode-${inode}`
    if (seen.has(inode) || tree.within(inode, path).length === 0) continue
    problem('structure', 'a directory to which no name leads', path)
    yield* listFrom(tree, inode, path, seen, room, problem)
  }
}

function* listFrom<File>(
  tree: InodeTree<File>,
  start: number,
  startPath: string,
  seen: Set<number>,
  room: Room,
  problem: Sink['problem'],
): Generator<InodeMember<File>> {
  const known = new Map<number, EntryMeta>()
  const pending = [{ inode: start, path: startPath, isDirectory: true }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { inode, path, isDirectory } = next
    const earlier = known.get(inode)
    if (earlier) {
      yield { meta: linkTo(earlier, path) }
      continue
    }
    const found = tree.describe(inode, path)
    if (!found && inode !== tree.root) problem('structure', 'its inode is not there', path)
    const type = found?.type ?? (isDirectory ? 'directory' : undefined)
    if (type !== 'directory') {
      if (found) yield found.type === 'file' ? { meta: found, file: tree.content(inode) } : { meta: found }
      if (found) known.set(inode, found)
      continue
    }
    if (seen.has(inode) || path.length > MAX_PATH) {
      problem('loop', 'a directory that was seen before', path)
      continue
    }
    seen.add(inode)
    yield { meta: found ?? { path, type } }
    if (room.names === 0) continue
    const names = tree.within(inode, path)
    if (names.length > room.names)
      problem('unsupported', `over ${room.most} names; the rest is not listed`, path)
    const listed = names.slice(0, room.names)
    room.names -= listed.length
    for (const child of listed.toReversed()) {
      if (isUnusable(child.name)) problem('name', 'a name that no file may have', path)
      else pending.push({ ...child, path: path === '' ? child.name : `${path}/${child.name}` })
    }
  }
}

/** Names of one inode: the first one has the content, the others are links to it; devices and the like are as they are. */
function linkTo(first: EntryMeta, path: string): EntryMeta {
  return first.type === 'file' ? { ...first, path, type: 'hardlink', target: first.path } : { ...first, path }
}

function isUnusable(name: string): boolean {
  return name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')
}
