import { BytesError, Reader } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Sink } from '../../contract.ts'
import { type InodeName, type InodeTree, listInodes } from '../inode-tree.ts'
import { deviceOfNumber, typeOfMode } from '../members.ts'
import { ATTRIBUTE, aligned, type Dentry, dentryAt } from './dentry.ts'
import { isLinkTag } from './reparse.ts'

/** A member of an image, and the contents that belong to it. */
export interface ImageMember {
  readonly meta: EntryMeta
  /** Undefined where it has none: directories and the like, and names of a file that has another one. */
  readonly contents: readonly MemberContent[]
}

export interface MemberContent {
  readonly meta: EntryMeta
  /** In hex; undefined for what is empty. */
  readonly sha1: string | undefined
  /** Where it tells the target of a link. */
  readonly linkTag: number | undefined
}

/** Lists an image out of its metadata, below `root`. What cannot be read is told. */
export function* listImage(
  metadata: Uint8Array,
  root: string,
  problem: Sink['problem'],
): Generator<ImageMember> {
  const tell: Sink['problem'] = (code, message, path) =>
    problem(code, message, path === undefined || path === '' ? root : `${root}/${path}`)
  const tree = createTree(metadata, tell)
  for (const { meta, file } of listInodes(tree, tell)) {
    const path = meta.path === '' ? root : `${root}/${meta.path}`
    const target = meta.type === 'hardlink' && { target: `${root}/${meta.target}` }
    const dentry = file ?? tree.directories.get(meta.path)
    tree.directories.delete(meta.path)
    const member = { ...meta, path, ...target }
    if (dentry && (dentry.attributes & ATTRIBUTE.encrypted) !== 0)
      problem('unsupported', 'its content is encrypted, and shown as the backup of it that it is', path)
    yield { meta: member, contents: dentry ? contentsOf(dentry, member) : [] }
  }
}

function contentsOf({ content, reparse, reparseTag, streams }: Dentry, meta: EntryMeta): MemberContent[] {
  const beside = (name: string) => ({ ...meta, type: 'file' as const, path: `${meta.path}:${name}` })
  const list: MemberContent[] = streams.map((stream) => ({
    ...{ meta: beside(stream.name), sha1: stream.content, linkTag: undefined },
  }))
  if (isLinkTag(reparseTag))
    list.unshift({ meta: { ...meta, type: 'symlink' }, sha1: reparse, linkTag: reparseTag })
  else {
    if (reparse !== undefined) {
      const name = `reparse-${reparseTag.toString(16).padStart(8, '0')}`
      list.unshift({ meta: beside(name), sha1: reparse, linkTag: undefined })
    }
    if (meta.type === 'file') list.unshift({ meta, sha1: content, linkTag: undefined })
  }
  return list
}

interface ImageTree extends InodeTree<Dentry> {
  /** Those that have contents all the same, by their paths. */
  readonly directories: Map<string, Dentry>
}

/** Entries are known by where they stand. */
function createTree(metadata: Uint8Array, problem: Sink['problem']): ImageTree {
  const root = aligned(Math.max(8, new Reader(metadata, 'little').u32()))
  const directories = new Map<string, Dentry>()
  /** Of files with several names, where the first of them stands. */
  const groups = new Map<string, number>()
  const seen = new Set<number>()
  /** Entries stand once each: more than there is to read says that lists lie within each other. */
  let left = metadata.length

  function* namesFrom(start: number): Generator<InodeName> {
    if (seen.has(start)) throw new FormatError('loop', 'names that belong to another directory too')
    seen.add(start)
    for (let at = start; ; ) {
      const dentry = dentryAt(metadata, at)
      if (!dentry) return
      left -= dentry.length
      if (left < 0) throw new FormatError('loop', 'lists of names lie within each other')
      yield { name: dentry.name, inode: inodeOf(dentry, at), isDirectory: isDirectory(dentry) }
      at += dentry.length
    }
  }

  function inodeOf({ group, content, ...dentry }: Dentry, at: number): number {
    if (group === '' || isDirectory(dentry)) return at
    const key = `${group} ${content}`
    const first = groups.get(key)
    if (first === undefined) groups.set(key, at)
    return first ?? at
  }

  function dentryOf(inode: number): Dentry {
    const dentry = dentryAt(metadata, inode)
    if (!dentry) throw new FormatError('structure', 'an image without a root')
    return dentry
  }

  return {
    root,
    directories,
    describe(inode, path) {
      const dentry = dentryOf(inode)
      const meta = metaOf(dentry, path)
      if (meta.type === 'directory' && (dentry.streams.length > 0 || dentry.reparse !== undefined))
        directories.set(path, dentry)
      return meta
    },
    within(directory, path) {
      const { within } = dentryOf(directory)
      const names: InodeName[] = []
      if (within === 0) return names
      try {
        for (const name of namesFrom(within)) names.push(name)
      } catch (error) {
        if (!(error instanceof FormatError || error instanceof BytesError)) throw error
        const code = error instanceof FormatError ? error.code : 'structure'
        problem(code, error.message, path)
      }
      return names
    },
    content: dentryOf,
    parents: () => [],
  }
}

/** A directory that is a link is none. */
function isDirectory({ attributes, reparseTag }: Pick<Dentry, 'attributes' | 'reparseTag'>): boolean {
  return (attributes & ATTRIBUTE.directory) !== 0 && !isLinkTag(reparseTag)
}

function metaOf(dentry: Dentry, path: string): EntryMeta {
  const { mtime, unix } = dentry
  const type = isDirectory(dentry) ? 'directory' : 'file'
  if (!unix || unix.mode > 0xffff) return { path, type, mtime }
  const { uid, gid, mode, device } = unix
  const told = typeOfMode(mode) ?? type
  // What names and contents say counts: only devices and the like are told by nothing else.
  const isSpecial = type === 'file' && !['file', 'directory', 'symlink'].includes(told)
  const isDevice = told === 'character' || told === 'block'
  return {
    ...{ path, type: isSpecial ? told : type, mode: mode & 0o7777, uid, gid, mtime },
    ...(isSpecial && isDevice && { device: deviceOfNumber(device) }),
  }
}
