import { closeSync, constants, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { type Bytes, forEachWindow, liesInMemory } from '@messlatte/bytes'
import type { Mapper } from '../engine/worker.ts'
import { BudgetError, type Counters } from '../limits.ts'
import type { Found } from '../visitor.ts'
import { type ListedEntry, listed } from './list.ts'
import { hostPathOf, isRenamed } from './place.ts'

/** Why something was not written as the image has it. */
export type SkipReason =
  | 'device'
  | 'link-leads-outside'
  | 'link-made-relative'
  | 'name-taken'
  | 'name-not-possible'
  | 'name-changed'
  | 'hard-link-target-missing'
  | 'disk-full'

export type ExtractedEntry = ListedEntry & { readonly skipped?: SkipReason }

/** Bytes that are written at once. */
const STEP = 1024 * 1024
const EMPTY = Buffer.alloc(STEP)
/** As what a folder counts, in bytes: a name of an image can ask for thousands. */
const FOLDER = 4096
const FRESH = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)
const TAKEN: readonly string[] = ['EEXIST', 'EISDIR', 'ENOTDIR']
const FULL: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG']

/**
 * Writes files and directories below `folder`, to which alone the sandbox may write. Links are left to the parent, which
 * makes them last of all, so that nothing is ever written through one.
 * @param folder absolute, without links in it
 * @param listing whether somebody will see all entries, with digests; if not, only those are told that were not written
 * @param work takes the bytes that are written; its BudgetError ends the run
 */
export function extractMapper(
  folder: string,
  listing: boolean,
  work: Pick<Counters, 'addWritten'>,
): Mapper<readonly ExtractedEntry[]> {
  /** Nest paths. */
  const made = new Set<string>()
  let entries: ExtractedEntry[] = []

  function makeFolder(path: string): void {
    if (made.has(path)) return
    const there = hostPathOf(folder, path)
    const first = mkdirSync(there, { recursive: true, mode: 0o755 })
    made.add(path)
    if (first !== undefined) work.addWritten(FOLDER * (1 + depthOf(there) - depthOf(first)))
  }

  function open(path: string, mode: number): number {
    const holder = holderOf(path)
    const there = hostPathOf(folder, path)
    if (made.has(holder)) return openSync(there, FRESH, mode)
    // Another thread will have made the folder: containers tell their directories first.
    try {
      return openSync(there, FRESH, mode)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    makeFolder(holder)
    return openSync(there, FRESH, mode)
  }

  function writeFile({ path, meta, bytes }: Found): void {
    const descriptor = open(path, ((meta?.mode ?? 0o644) & 0o777) | 0o600)
    let whole = false
    try {
      writeContent(descriptor, bytes, work)
      whole = true
    } finally {
      closeSync(descriptor)
      // Told as left out, so it must not lie there in part.
      if (!whole) unlinkSync(hostPathOf(folder, path))
    }
  }

  function write(found: Found): SkipReason | undefined {
    switch (found.type) {
      case 'file':
        // What has regions inside is written part by part; only what nothing opens is written as it is.
        return found.covered ? undefined : named(found, () => writeFile(found))
      case 'unknown':
        return named(found, () => writeFile(found))
      case 'directory':
        return named(found, () => makeFolder(found.path))
      case 'character':
      case 'block':
      case 'fifo':
      case 'socket':
        return 'device'
      case 'symlink':
      case 'hardlink':
        // Its folder counts, so it is made here; where it cannot be, the parent will find that the link cannot, either.
        attempt(() => makeFolder(holderOf(found.path)))
        return undefined
      case 'region':
        return undefined
    }
  }

  return {
    visitor: {
      visit(found) {
        if (found.type === 'region') return
        const skipped = write(found)
        const isLink = found.type === 'symlink' || found.type === 'hardlink'
        if (!listing && !isLink && skipped === undefined) return
        const entry = listed(found, listing)
        entries.push(skipped === undefined ? entry : { ...entry, skipped })
      },
    },
    take() {
      const taken = entries
      entries = []
      return taken.length > 0 ? taken : undefined
    },
  }
}

function holderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function depthOf(path: string | Buffer): number {
  return path.toString('latin1').split('/').length
}

function writeContent(descriptor: number, bytes: Bytes, work: Pick<Counters, 'addWritten'>): void {
  const write = (part: Uint8Array, at: number) => {
    // Empty stretches stay holes on the disk, too; the last one is written, so that the file has its length.
    if (part.length === STEP && at + STEP < bytes.size && EMPTY.equals(part)) return
    work.addWritten(part.length)
    for (let done = 0; done < part.length; )
      done += writeSync(descriptor, part, done, part.length - done, at + done)
  }
  if (liesInMemory(bytes))
    for (let at = 0; at < bytes.size; at += STEP) write(bytes.view(at, Math.min(STEP, bytes.size - at)), at)
  else forEachWindow(bytes, 0, bytes.size, STEP, 0, (part, at) => void write(part, at))
}

function named({ path }: Found, write: () => void): SkipReason | undefined {
  return attempt(write) ?? (isRenamed(path) ? 'name-changed' : undefined)
}

function attempt(write: () => void): SkipReason | undefined {
  try {
    write()
    return undefined
  } catch (error) {
    if (error instanceof BudgetError) throw error
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (TAKEN.includes(code)) return 'name-taken'
    return FULL.includes(code) ? 'disk-full' : 'name-not-possible'
  }
}
