import { closeSync, constants, mkdirSync, openSync, writeSync } from 'node:fs'
import { type Bytes, MAX_VIEW } from '@messlatte/bytes'
import type { Mapper } from '../engine/worker.ts'
import type { Found } from '../visitor.ts'
import { type ListedEntry, listed } from './list.ts'
import { hostPath, placeOf } from './place.ts'

/** Why something was not written as the image has it. */
export type SkipReason =
  | 'device'
  | 'link-leads-outside'
  | 'link-made-relative'
  | 'name-taken'
  | 'name-not-possible'
  | 'hard-link-target-missing'
  | 'disk-full'

export type ExtractedEntry = ListedEntry & { readonly skipped?: SkipReason }

const EMPTY = Buffer.alloc(MAX_VIEW / 4)
const FRESH = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)
const TAKEN: readonly string[] = ['EEXIST', 'EISDIR', 'ENOTDIR']
const FULL: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG']

/**
 * Writes files and directories below `folder`, to which alone the sandbox may write. Links are left to the parent, which
 * makes them last of all, so that nothing is ever written through one.
 * @param folder absolute, without links in it
 * @param digests whether anybody will see them
 */
export function extractMapper(folder: string, digests: boolean): Mapper<readonly ExtractedEntry[]> {
  const made = new Set<string>()
  let entries: ExtractedEntry[] = []

  function makeFolder(place: readonly Buffer[]): void {
    const path = hostPath(folder, place)
    const key = path.toString('latin1')
    if (made.has(key)) return
    mkdirSync(path, { recursive: true, mode: 0o755 })
    made.add(key)
  }

  function writeFile({ path, meta, bytes }: Found): void {
    const place = placeOf(path)
    makeFolder(place.slice(0, -1))
    const descriptor = openSync(hostPath(folder, place), FRESH, ((meta?.mode ?? 0o644) & 0o777) | 0o600)
    try {
      writeContent(descriptor, bytes)
    } finally {
      closeSync(descriptor)
    }
  }

  function write(found: Found): SkipReason | undefined {
    switch (found.type) {
      case 'file':
        // What has regions inside is written part by part; only what nothing opens is written as it is.
        return found.covered ? undefined : attempt(() => writeFile(found))
      case 'unknown':
        return attempt(() => writeFile(found))
      case 'directory':
        return attempt(() => makeFolder(placeOf(found.path)))
      case 'character':
      case 'block':
      case 'fifo':
      case 'socket':
        return 'device'
      case 'symlink':
      case 'hardlink':
      case 'region':
        return undefined
    }
  }

  return {
    visitor: {
      visit(found) {
        if (found.type === 'region') return
        const skipped = write(found)
        const entry = listed(found, digests)
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

function writeContent(descriptor: number, bytes: Bytes): void {
  const step = EMPTY.length
  for (let at = 0; at < bytes.size; at += step) {
    const view = bytes.view(at, Math.min(step, bytes.size - at))
    // Empty stretches stay holes on the disk, too; the last one is written, so that the file has its length.
    if (view.length === step && at + step < bytes.size && EMPTY.equals(view)) continue
    for (let done = 0; done < view.length; )
      done += writeSync(descriptor, view, done, view.length - done, at + done)
  }
}

function attempt(write: () => void): SkipReason | undefined {
  try {
    write()
    return undefined
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (TAKEN.includes(code)) return 'name-taken'
    return FULL.includes(code) ? 'disk-full' : 'name-not-possible'
  }
}
