import { linkSync, symlinkSync } from 'node:fs'
import {
  type ExtractedEntry,
  hostPath,
  type ListedEntry,
  linkTarget,
  placeOf,
  type SkipReason,
} from '@messlatte/unpack'
import { type OwnFolder, ownFolder } from '../own-folder.ts'

/** What was not written as the image has it, and why. */
export interface SkippedEntry {
  readonly path: string
  readonly reason: SkipReason
}

export interface Extraction {
  readonly folder: OwnFolder
  /** Writes the links, last of all, so that nothing is ever written through one. */
  readonly finish: (entries: readonly ExtractedEntry[]) => {
    readonly entries: readonly ListedEntry[]
    readonly skipped: readonly SkippedEntry[]
  }
}

/** @throws CliError when the folder is there and not empty, or cannot be made */
export function createExtraction(given: string): Extraction {
  const folder = ownFolder(given)
  return {
    folder,
    finish(entries) {
      const skipped = entries.flatMap(({ path, skipped: reason }): SkippedEntry[] =>
        reason === undefined ? [] : [{ path, reason }],
      )
      // Hard links first: what they name must still be the file that was written.
      for (const type of ['hardlink', 'symlink'] as const) {
        for (const entry of entries.filter((one) => one.type === type)) {
          const reason = writeLink(folder.path, entry)
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

function writeLink(folder: string, link: ListedEntry): SkipReason | undefined {
  const place = placeOf(link.path)
  const target = link.target ?? ''
  const rootLength = place.length - link.inner.split('/').length
  const relative = linkTarget(target, place, rootLength)
  if (relative === undefined) return 'link-leads-outside'
  try {
    if (link.type === 'hardlink') {
      linkSync(hostPath(folder, [...place.slice(0, rootLength), ...placeOf(target)]), hostPath(folder, place))
      return undefined
    }
    symlinkSync(Buffer.from(relative, 'latin1'), hostPath(folder, place))
    return target.startsWith('/') ? 'link-made-relative' : undefined
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EEXIST'
    return link.type === 'hardlink' && !isTaken ? 'hard-link-target-missing' : 'name-taken'
  }
}
