import { createHash } from 'node:crypto'
import { type Dirent, lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { EntryMeta, EntryType, ReleaseMember } from '@messlatte/unpack'
import { CliError } from '../errors.ts'

/** Contents of at most so many bytes are read by us and streamed; larger files are handed on open. */
export const STREAMED = 16 * 1024 * 1024
const MOST_ENTRIES = 1_000_000

export interface DirectoryEntry {
  readonly path: string
  /** Byte string, relative to the directory. */
  readonly name: string
  readonly stats: Stats
}

/** All that lies in a directory, sorted by name; links are not followed. */
export function listDirectory(directory: string): readonly DirectoryEntry[] {
  const found: DirectoryEntry[] = []
  const pending: { path: string; name: string }[] = [{ path: directory, name: '' }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const entry of namesIn(next.path)) {
      const path = join(next.path, entry.name)
      const name = `${next.name}${next.name === '' ? '' : '/'}${Buffer.from(entry.name, 'utf8').toString('latin1')}`
      found.push({ path, name, stats: lstatSync(path) })
      if (entry.isDirectory()) pending.push({ path, name })
      if (found.length > MOST_ENTRIES)
        throw new CliError('bad-file', {
          en: `${directory}: holds over ${MOST_ENTRIES} names`,
          de: `${directory}: enthält über ${MOST_ENTRIES} Namen`,
        })
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function namesIn(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (cause) {
    throw new CliError(
      'not-readable',
      {
        en: `${path}: may not be listed; check its permissions`,
        de: `${path}: darf nicht aufgelistet werden; die Rechte prüfen`,
      },
      cause,
    )
  }
}

/** A directory with etc and one of the usual neighbours is an extracted root file system; anything else holds images. */
export function looksLikeRootFileSystem(entries: readonly DirectoryEntry[]): boolean {
  const names = new Set(entries.filter(({ name }) => !name.includes('/')).map(({ name }) => name))
  return names.has('etc') && ['bin', 'sbin', 'usr', 'lib'].some((name) => names.has(name))
}

export function typeOf(stats: Stats): EntryType {
  if (stats.isDirectory()) return 'directory'
  if (stats.isSymbolicLink()) return 'symlink'
  if (stats.isCharacterDevice()) return 'character'
  if (stats.isBlockDevice()) return 'block'
  if (stats.isFIFO()) return 'fifo'
  if (stats.isSocket()) return 'socket'
  return 'file'
}

export function metaOf(entry: DirectoryEntry): EntryMeta & { readonly mode: number } {
  const { stats } = entry
  const type = typeOf(stats)
  return {
    path: entry.name,
    type,
    mode: stats.mode & 0o7777,
    uid: stats.uid,
    gid: stats.gid,
    mtime: Math.floor(stats.mtimeMs / 1000),
    ...(type === 'symlink' ? { target: readlinkSync(entry.path, 'latin1') } : {}),
  }
}

/**
 * Streams the members and digests the tree on the way: SHA-256 over one line for each entry, in order of names:
 * type, mode (octal), and SHA-256 of the content or the link's target, and the name.
 */
export function streamMembers(
  directory: string,
  entries: readonly DirectoryEntry[],
): { members: () => Iterable<ReleaseMember>; digest: () => string } {
  let digest = ''

  function* members(): Generator<ReleaseMember> {
    const tree = createHash('sha256')
    for (const entry of entries) {
      const meta = metaOf(entry)
      const content = meta.type === 'file' ? readMember(entry.path) : new Uint8Array(0)
      const told =
        meta.type === 'file' ? createHash('sha256').update(content).digest('hex') : (meta.target ?? '')
      tree.update(`${meta.type} ${meta.mode.toString(8)} ${told} ${meta.path}\n`, 'latin1')
      yield { directory, meta, content }
    }
    digest = tree.digest('hex')
  }

  return { members, digest: () => digest }
}

function readMember(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new CliError(
      'not-readable',
      {
        en: `${path}: may not be read; run as a user who may, or leave it out`,
        de: `${path}: darf nicht gelesen werden; als ein Benutzer aufrufen, der es darf, oder es weglassen`,
      },
      cause,
    )
  }
}
