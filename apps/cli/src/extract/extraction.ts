import { existsSync, linkSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import {
  type ExtractedEntry,
  hostPath,
  type ListedEntry,
  linkTarget,
  placeOf,
  type SkipReason,
} from '@messlatte/unpack'
import { CliError, cannotBeMade, notEmpty } from '../errors.ts'

/** What was not written as the image has it, and why. */
export interface SkippedEntry {
  readonly path: string
  readonly reason: SkipReason
}

export interface Extraction {
  /** Absolute: the only place to which the sandbox may write. */
  readonly folder: string
  /** Empties the folder, which is ours to fill, before each attempt. */
  readonly begin: () => void
  /** Writes the links, last of all, so that nothing is ever written through one. */
  readonly finish: (entries: readonly ExtractedEntry[]) => {
    readonly entries: readonly ListedEntry[]
    readonly skipped: readonly SkippedEntry[]
  }
}

/** @throws CliError when the folder is there and not empty, or cannot be made */
export function createExtraction(given: string): Extraction {
  if (existsSync(given) && readdirSync(given).length > 0) {
    throw new CliError('not-writable', notEmpty(given))
  }
  const folder = makeFolder(given)
  return {
    folder,
    begin() {
      for (const name of readdirSync(folder)) rmSync(`${folder}/${name}`, { recursive: true, force: true })
    },
    finish(entries) {
      const skipped = entries.flatMap(({ path, skipped: reason }): SkippedEntry[] =>
        reason === undefined ? [] : [{ path, reason }],
      )
      // Hard links first: what they name must still be the file that was written.
      for (const type of ['hardlink', 'symlink'] as const) {
        for (const entry of entries.filter((one) => one.type === type)) {
          const reason = writeLink(folder, entry)
          if (reason !== undefined) skipped.push({ path: entry.path, reason })
        }
      }
      return {
        entries: entries.map(({ skipped: _, ...entry }) => entry),
        skipped: skipped.sort((a, b) => (a.path < b.path ? -1 : 1)),
      }
    },
  }
}

function makeFolder(given: string): string {
  try {
    mkdirSync(given, { recursive: true })
    return realpathSync(given)
  } catch (cause) {
    throw new CliError('not-writable', cannotBeMade(given), cause)
  }
}

function writeLink(folder: string, link: ListedEntry): SkipReason | undefined {
  const place = placeOf(link.path)
  const target = link.target ?? ''
  const rootLength = place.length - link.inner.split('/').length
  const relative = linkTarget(target, place, rootLength)
  if (relative === undefined) return 'link-leads-outside'
  try {
    mkdirSync(hostPath(folder, place.slice(0, -1)), { recursive: true, mode: 0o755 })
    if (link.type === 'hardlink') {
      linkSync(hostPath(folder, [...place.slice(0, rootLength), ...placeOf(target)]), hostPath(folder, place))
      return undefined
    }
    symlinkSync(Buffer.from(relative, 'latin1'), hostPath(folder, place))
    return target.startsWith('/') ? 'link-made-relative' : undefined
  } catch {
    return link.type === 'hardlink' ? 'hard-link-target-missing' : 'name-taken'
  }
}
