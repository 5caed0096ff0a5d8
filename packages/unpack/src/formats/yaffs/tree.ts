import type { EntryMeta, Sink } from '../../contract.ts'
import { typeOfMode } from '../members.ts'
import type { ObjectHeader } from './header.ts'
import { type LogObject, ROOT } from './log.ts'

/** A file's content: where its parts lie, by their place in it. */
export interface YaffsContent {
  /** Bytes. */
  readonly size: number
  readonly page: number
  readonly chunks: readonly (readonly [chunk: number, at: number, bytes: number])[]
}

export interface YaffsMember {
  readonly meta: EntryMeta
  readonly content?: YaffsContent
}

const MAX_PATH = 16_384
/** Unlinked and deleted objects keep their headers below these two until their blocks are erased. */
const GRAVES: readonly number[] = [3, 4]

/** All objects that are not deleted, by their paths. */
export function* listTree(
  objects: ReadonlyMap<number, LogObject>,
  page: number,
  problem: Sink['problem'],
): Generator<YaffsMember> {
  const paths = new Map<number, string | undefined>([[ROOT, '']])
  for (const [id, { header, chunks }] of objects) {
    if (!header || id === ROOT || GRAVES.includes(id)) continue
    const path = pathOf(id, objects, paths, problem)
    if (path === undefined) continue
    const member = memberOf(header, path, objects, paths, problem)
    if (member.type !== 'file') yield { meta: member }
    else {
      const parts = [...chunks].map(([chunk, { at, bytes }]) => [chunk, at, bytes] as const)
      yield { meta: member, content: { size: header.size, page, chunks: parts.sort((a, b) => a[0] - b[0]) } }
    }
  }
}

/** Undefined for what is deleted, or lies in a loop. */
function pathOf(
  id: number,
  objects: ReadonlyMap<number, LogObject>,
  paths: Map<number, string | undefined>,
  problem: Sink['problem'],
): string | undefined {
  const chain: { readonly id: number; readonly name: string }[] = []
  const seen = new Set<number>()
  let at = id
  while (!paths.has(at)) {
    const header = objects.get(at)?.header
    if (GRAVES.includes(at)) {
      paths.set(at, undefined)
      break
    }
    if (seen.has(at)) {
      problem('loop', `object ${at} lies within itself`)
      paths.set(at, undefined)
      break
    }
    seen.add(at)
    if (!header) {
      problem('structure', 'a directory without a header', `object-${at}`)
      paths.set(at, `object-${at}`)
      break
    }
    chain.push({ id: at, name: header.name })
    at = header.parent
  }
  let path = paths.get(at)
  for (const { id: child, name } of chain.reverse()) {
    const usable = name !== '' && name !== '.' && name !== '..' && !name.includes('/')
    if (path !== undefined && !usable) problem('name', 'a name that no file may have', path)
    const joined = path === undefined || !usable ? undefined : path === '' ? name : `${path}/${name}`
    path = joined !== undefined && joined.length > MAX_PATH ? undefined : joined
    paths.set(child, path)
  }
  return path
}

function memberOf(
  header: ObjectHeader,
  path: string,
  objects: ReadonlyMap<number, LogObject>,
  paths: Map<number, string | undefined>,
  problem: Sink['problem'],
): EntryMeta {
  const { mode, uid, gid, mtime } = header
  const base = { path, mode: mode & 0o7777, uid, gid, mtime }
  switch (header.type) {
    case 'file':
    case 'directory':
      return { ...base, type: header.type }
    case 'symlink':
      return { ...base, type: 'symlink', target: header.alias }
    case 'hardlink': {
      const target = pathOf(header.equivalent, objects, paths, problem)
      if (target === undefined) problem('structure', 'what it leads to is not there', path)
      return { ...base, type: 'hardlink', target: target ?? '' }
    }
    case 'special': {
      const type = typeOfMode(mode) ?? 'fifo'
      return type === 'character' || type === 'block'
        ? { ...base, type, device: header.device }
        : { ...base, type: type === 'socket' ? 'socket' : 'fifo' }
    }
  }
}
