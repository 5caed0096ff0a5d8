import { type Bytes, BytesError, cString } from '@messlatte/bytes'
import type { EntryMeta, Region, Sink } from '../../contract.ts'
import type { StoredMember } from '../members.ts'
import { type FileHeader, readHeader } from './parse.ts'

/** A name whose content may be another one's. */
interface Named {
  readonly path: string
  readonly at: number
  readonly header: FileHeader
}

const MAX_PATH = 16_384

/** Lists all members in the order of their directories. Each header is visited once, so loops end. */
export function* listTree(
  bytes: Bytes,
  region: Region,
  first: number,
  problem: Sink['problem'],
): Generator<StoredMember> {
  const named: Named[] = []
  const paths = new Map<number, string>()
  const pending = [{ path: '', first }]
  const seen = new Set<number>()
  for (let directory = pending.pop(); directory; directory = pending.pop()) {
    const { path: parent } = directory
    for (const { at, header } of headersOf(bytes, region, directory.first, parent, seen, problem)) {
      const { name, type, info } = header
      if (name === '.' || name === '..') continue
      if (name === '' || name.includes('/')) {
        problem('name', 'a name that no file may have', parent)
        continue
      }
      const path = parent === '' ? name : `${parent}/${name}`
      if (!header.sound) problem('checksum', 'the checksum of its header differs', path)
      named.push({ path, at, header })
      paths.set(at, path)
      if (type !== 'directory') continue
      if (path.length > MAX_PATH) problem('loop', 'a path of no end', path)
      else pending.push({ path, first: info })
    }
  }
  for (const it of named) yield memberOf(bytes, region, it, paths, problem)
}

function* headersOf(
  bytes: Bytes,
  region: Region,
  first: number,
  path: string,
  seen: Set<number>,
  problem: Sink['problem'],
): Generator<{ readonly at: number; readonly header: FileHeader }> {
  for (let at = first; at !== 0; ) {
    if (seen.has(at)) {
      problem('loop', 'a name that was seen before', path)
      return
    }
    seen.add(at)
    const header = headerAt(bytes, region, at)
    if (!header) {
      problem(
        region.start + at >= region.end ? 'truncated' : 'structure',
        'the list of names breaks off',
        path,
      )
      return
    }
    yield { at, header }
    at = header.next
  }
}

function headerAt(bytes: Bytes, region: Region, at: number): FileHeader | undefined {
  try {
    return at % 16 === 0 ? readHeader(bytes, region.start, at) : undefined
  } catch (error) {
    if (error instanceof BytesError) return undefined
    throw error
  }
}

function memberOf(
  bytes: Bytes,
  region: Region,
  { path, header }: Named,
  paths: ReadonlyMap<number, string>,
  problem: Sink['problem'],
): StoredMember {
  const { type, info, size } = header
  const at = region.start + header.contentAt
  const meta: EntryMeta = { path, type, mode: modeOf(header) }
  switch (type) {
    case 'file': {
      if (at + size <= region.end) return { meta, content: { at, length: size } }
      problem('truncated', 'the image ends within this content', path)
      const from = Math.min(at, region.end)
      return { meta, content: { at: from, length: region.end - from } }
    }
    case 'symlink':
      return { meta: { ...meta, target: targetOf(bytes, at, size, path, problem) } }
    case 'hardlink': {
      const target = paths.get(info)
      if (target === undefined) problem('structure', 'what it leads to has no name', path)
      return { meta: { ...meta, target: target ?? '' } }
    }
    case 'block':
    case 'character':
      return { meta: { ...meta, device: { major: info >>> 16, minor: info & 0xffff } } }
    case 'directory':
    case 'socket':
    case 'fifo':
      return { meta }
  }
}

/** PATH_MAX of Linux. */
const MAX_TARGET = 4096

function targetOf(bytes: Bytes, at: number, size: number, path: string, problem: Sink['problem']): string {
  const length = Math.max(0, Math.min(size, MAX_TARGET, bytes.size - at))
  if (length < size) problem('truncated', 'its target is cut off', path)
  return length > 0 ? cString(bytes.view(at, length)) : ''
}

/** The file system keeps no rights but one bit; these are the ones that the kernel gives. */
function modeOf({ type, executable }: FileHeader): number {
  const base = type === 'symlink' ? 0o777 : type === 'block' || type === 'character' ? 0o600 : 0o644
  return executable ? base | 0o111 : base
}
