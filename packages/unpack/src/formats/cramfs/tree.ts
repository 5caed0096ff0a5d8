import { type Bytes, BytesError, cString, type Endian } from '@messlatte/bytes'
import type { EntryMeta, Region, Sink } from '../../contract.ts'
import { typeOfMode } from '../members.ts'
import { type Content, readContent } from './content.ts'
import { INODE_BYTES, type Inode, parseInode } from './inode.ts'
import { EXTENDED_BLOCKS, type Superblock } from './superblock.ts'

export interface CramfsMember {
  readonly meta: EntryMeta
  /** Where a file's content lies; what is empty, and what is no file, has none. */
  readonly content?: Content
}

/** No real path is longer. */
const MAX_PATH = 16_384

/** Lists all names, from the root on. */
export function* listTree(
  bytes: Bytes,
  region: Region,
  superblock: Superblock,
  problem: Sink['problem'],
): Generator<CramfsMember> {
  const { endian, root } = superblock
  const extended = (superblock.flags & EXTENDED_BLOCKS) !== 0
  const pending = [{ path: '', inode: root }]
  const seen = new Set<number>()
  let listed = 0
  yield { meta: metaOf('', 'directory', root) }
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { path, inode } = next
    if (inode.size === 0) continue
    listed += inode.size
    // Each name is stored once: what is more than the whole overlaps.
    if (seen.has(inode.offset) || listed > superblock.size || path.length > MAX_PATH) {
      problem('loop', 'a directory that was seen before', path)
      continue
    }
    seen.add(inode.offset)
    for (const child of namesOf(bytes, region, inode, endian, path, problem)) {
      const type = typeOfMode(child.inode.mode)
      const childPath = path === '' ? child.name : `${path}/${child.name}`
      if (child.name === '' || child.name === '.' || child.name === '..' || child.name.includes('/'))
        problem('name', 'a name that no file may have', path)
      else if (type === undefined) problem('structure', 'of no known type', childPath)
      else {
        const content = { offset: child.inode.offset, size: child.inode.size, extended, endian }
        yield memberOf(bytes, region, childPath, type, child.inode, content, problem)
        if (type === 'directory') pending.push({ path: childPath, inode: child.inode })
      }
    }
  }
}

interface Name {
  readonly name: string
  readonly inode: Inode
}

function* namesOf(
  bytes: Bytes,
  region: Region,
  directory: Inode,
  endian: Endian,
  path: string,
  problem: Sink['problem'],
): Generator<Name> {
  const start = region.start + directory.offset
  const end = start + directory.size
  for (let at = start; at < end; ) {
    if (at + INODE_BYTES > region.end) {
      problem('truncated', 'the names are cut off', path)
      return
    }
    const inode = parseInode(bytes.view(at, INODE_BYTES), 0, endian)
    const nameAt = at + INODE_BYTES
    if (inode.nameLength === 0 || nameAt + inode.nameLength > Math.min(end, region.end)) {
      problem(nameAt + inode.nameLength > region.end ? 'truncated' : 'structure', 'a name is cut off', path)
      return
    }
    yield { name: cString(bytes.view(nameAt, inode.nameLength)), inode }
    at = nameAt + inode.nameLength
  }
}

function memberOf(
  bytes: Bytes,
  region: Region,
  path: string,
  type: EntryMeta['type'],
  inode: Inode,
  content: Content,
  problem: Sink['problem'],
): CramfsMember {
  const meta = metaOf(path, type, inode)
  switch (type) {
    case 'file':
      return { meta, content }
    case 'symlink':
      return { meta: { ...meta, target: targetOf(bytes, region, path, content, problem) } }
    case 'character':
    case 'block':
      return { meta: { ...meta, device: { major: (inode.size >>> 8) & 0xff, minor: inode.size & 0xff } } }
    case 'directory':
    case 'hardlink':
    case 'fifo':
    case 'socket':
      return { meta }
  }
}

/** PATH_MAX of Linux. */
const MAX_TARGET = 4096

function targetOf(
  bytes: Bytes,
  region: Region,
  path: string,
  content: Content,
  problem: Sink['problem'],
): string {
  const out = new Uint8Array(Math.min(content.size, MAX_TARGET))
  try {
    readContent(bytes, region, { ...content, size: out.length }, out)
  } catch (error) {
    problem(error instanceof BytesError ? 'truncated' : 'structure', 'its target cannot be read', path)
  }
  return cString(out)
}

function metaOf(path: string, type: EntryMeta['type'], { mode, uid, gid }: Inode): EntryMeta {
  return { path, type, mode: mode & 0o7777, uid, gid }
}
