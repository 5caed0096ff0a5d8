import type { EntryMeta, Sink } from '../../contract.ts'
import type { Stored } from '../members.ts'
import { type Blocks, blockAt, type LfsEntry, type LfsLog, type Pair, readPair } from './metadata.ts'

export interface LfsMember {
  readonly meta: EntryMeta
  readonly content?: Stored
  readonly list?: { readonly head: number; readonly size: number }
}

const ROOT: Pair = [0, 1]
/** No real path is longer. */
const MAX_PATH = 16_384
const DELETE = 0x4ff

/** All members, from the root down. */
export function* listTree(blocks: Blocks, problem: Sink['problem']): Generator<LfsMember> {
  const moved = findMove(blocks)
  const seen = new Set<number>()
  const pending: { readonly pair: Pair; readonly path: string }[] = [{ pair: ROOT, path: '' }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const { pair, log } of logsOf(blocks, next.pair, next.path, seen, problem)) {
      for (const entry of log.entries) {
        if (entry.kind === 'superblock' || (moved?.id === entry.id && isSame(moved.pair, pair))) continue
        const path = next.path === '' ? entry.name : `${next.path}/${entry.name}`
        if (isUnusable(entry.name) || path.length > MAX_PATH) {
          problem('name', 'a name that no file may have', next.path)
          continue
        }
        if (log.half) problem('truncated', 'it may be out of date: half of its metadata is cut off', path)
        yield* membersOf(blocks, entry, path, problem)
        if (entry.directory) pending.push({ pair: entry.directory, path })
      }
    }
  }
}

/** The pairs of one directory. */
function* logsOf(
  blocks: Blocks,
  first: Pair,
  path: string,
  seen: Set<number>,
  problem: Sink['problem'],
): Generator<{ readonly pair: Pair; readonly log: LfsLog }> {
  for (let pair: Pair | undefined = first; pair; ) {
    if (seen.has(Math.min(...pair))) {
      problem('loop', 'a directory that was seen before', path)
      return
    }
    seen.add(Math.min(...pair))
    const log: LfsLog | undefined = readPair(blocks, pair)
    if (!log) {
      const cut = pair.some((block) => blockAt(blocks, block) === undefined)
      problem(cut ? 'truncated' : 'checksum', `no commit of the pair ${pair[0]} and ${pair[1]} holds`, path)
      return
    }
    yield { pair, log }
    pair = log.tail?.isHard ? log.tail.pair : undefined
  }
}

function* membersOf(
  blocks: Blocks,
  entry: LfsEntry,
  path: string,
  problem: Sink['problem'],
): Generator<LfsMember> {
  const isDirectory = entry.kind === 'directory'
  const meta: EntryMeta = {
    path,
    type: isDirectory ? 'directory' : 'file',
    ...(entry.attributes.size > 0 ? { xattrs: xattrsOf(entry) } : {}),
  }
  if (isDirectory) yield { meta }
  else if (entry.ctz && entry.ctz.size > blocks.blockCount * blocks.blockSize)
    problem('structure', `${entry.ctz.size} bytes are more than the file system has`, path)
  else if (entry.ctz && entry.ctz.size > 0) yield { meta, list: entry.ctz }
  else yield { meta, content: entry.inline ?? { at: blocks.region.start, length: 0 } }
}

/** Attributes have a number and no name. */
function xattrsOf({ attributes }: LfsEntry): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...attributes].map(([type, value]) => [`littlefs.0x${type.toString(16).padStart(2, '0')}`, value]),
  )
}

/**
 * A move that power loss interrupted: the old name is still there. It stands in the global state, of which every log has a
 * share. SPEC.md, "LFS_TYPE_MOVESTATE".
 */
function findMove(blocks: Blocks): { readonly pair: Pair; readonly id: number } | undefined {
  const state = [0, 0, 0]
  const seen = new Set<number>()
  for (let pair: Pair | undefined = ROOT; pair && !seen.has(Math.min(...pair)); ) {
    seen.add(Math.min(...pair))
    const log: LfsLog | undefined = readPair(blocks, pair)
    // With a share missing, the sum says nothing.
    if (!log || log.half) return undefined
    for (const [index, word] of log.state.entries()) state[index] = (state[index] as number) ^ word
    pair = log.tail?.pair
  }
  const [tag, first, second] = state.map((word) => word >>> 0) as [number, number, number]
  if (((tag >>> 20) & 0x7ff) !== DELETE) return undefined
  return { pair: [first, second], id: (tag >>> 10) & 0x3ff }
}

function isSame(a: Pair, b: Pair): boolean {
  return (a[0] === b[0] && a[1] === b[1]) || (a[0] === b[1] && a[1] === b[0])
}

function isUnusable(name: string): boolean {
  return name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')
}
