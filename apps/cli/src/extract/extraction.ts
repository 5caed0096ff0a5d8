import {
  closeSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs'
import type { ListedEntry } from '@messlatte/unpack'
import { CliError } from '../errors.ts'
import { linkTarget, placeOf } from './place.ts'

/** What was not written as the image has it, and why. */
export interface SkippedEntry {
  readonly path: string
  readonly reason:
    | 'device'
    | 'link-leads-outside'
    | 'link-made-relative'
    | 'name-taken'
    | 'name-not-possible'
    | 'hard-link-target-missing'
}

export interface Extraction {
  /** A new attempt: takes the frames of the sandbox's threads. */
  readonly begin: () => (thread: number, kind: string, payload: Buffer) => void
  /** Writes the links, last of all, so that nothing is ever written through one. */
  readonly finish: () => {
    readonly entries: readonly ListedEntry[]
    readonly skipped: readonly SkippedEntry[]
  }
}

type Incoming = ListedEntry & { readonly content: boolean }

const FRESH = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)

/** @throws CliError when the folder is there and not empty */
export function createExtraction(folder: string): Extraction {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CliError('not-writable', `${folder}: is not empty; name a folder that is new or empty`)
  }
  let entries: ListedEntry[] = []
  let skipped: SkippedEntry[] = []
  let links: Incoming[] = []
  let made = new Set<string>()

  const hostPath = (place: readonly Buffer[]): Buffer =>
    Buffer.concat([Buffer.from(folder, 'utf8'), ...place.flatMap((part) => [Buffer.from('/'), part])])

  function makeFolder(place: readonly Buffer[]): void {
    const path = hostPath(place)
    const key = path.toString('latin1')
    if (made.has(key)) return
    mkdirSync(path, { recursive: true, mode: 0o755 })
    made.add(key)
  }

  /** A descriptor to write to; undefined when the name is taken or cannot be. */
  function create(entry: Incoming): number | undefined {
    const place = placeOf(entry.path)
    try {
      makeFolder(place.slice(0, -1))
      return openSync(hostPath(place), FRESH, ((entry.mode ?? 0o644) & 0o777) | 0o600)
    } catch (error) {
      const taken = ['EEXIST', 'EISDIR', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
      if (!taken && (error as NodeJS.ErrnoException).code === 'ENOSPC') throw error
      skipped.push({ path: entry.path, reason: taken ? 'name-taken' : 'name-not-possible' })
      return undefined
    }
  }

  function takeEntry(entry: Incoming): number | undefined {
    const { content, ...listed } = entry
    entries.push(listed)
    if (content) return create(entry)
    switch (entry.type) {
      case 'directory':
        try {
          makeFolder(placeOf(entry.path))
        } catch {
          skipped.push({ path: entry.path, reason: 'name-taken' })
        }
        return undefined
      case 'symlink':
      case 'hardlink':
        links.push(entry)
        return undefined
      case 'character':
      case 'block':
      case 'fifo':
      case 'socket':
        skipped.push({ path: entry.path, reason: 'device' })
        return undefined
      case 'file':
      case 'region':
      case 'unknown':
        return undefined
    }
  }

  function writeLink(link: Incoming): void {
    const place = placeOf(link.path)
    const target = link.target ?? ''
    const rootLength = place.length - link.inner.split('/').length
    const relative = linkTarget(target, place, rootLength)
    if (relative === undefined) {
      skipped.push({ path: link.path, reason: 'link-leads-outside' })
      return
    }
    try {
      makeFolder(place.slice(0, -1))
      if (link.type === 'hardlink') {
        linkSync(hostPath([...place.slice(0, rootLength), ...placeOf(target)]), hostPath(place))
        return
      }
      symlinkSync(Buffer.from(relative, 'latin1'), hostPath(place))
      if (target.startsWith('/')) skipped.push({ path: link.path, reason: 'link-made-relative' })
    } catch {
      skipped.push({
        path: link.path,
        reason: link.type === 'hardlink' ? 'hard-link-target-missing' : 'name-taken',
      })
    }
  }

  return {
    begin() {
      // A repeated attempt starts over with an empty folder, which was ours to fill.
      if (entries.length > 0) rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder, { recursive: true })
      entries = []
      skipped = []
      links = []
      made = new Set()
      const open = new Map<number, number>()
      return (thread, kind, payload) => {
        if (kind === 'entry') {
          const descriptor = takeEntry(JSON.parse(payload.toString('utf8')) as Incoming)
          if (descriptor !== undefined) open.set(thread, descriptor)
        } else if (kind === 'content') {
          const descriptor = open.get(thread)
          if (descriptor !== undefined)
            for (let at = 0; at < payload.length; ) at += writeSync(descriptor, payload, at)
        } else if (kind === 'end') {
          const descriptor = open.get(thread)
          if (descriptor !== undefined) closeSync(descriptor)
          open.delete(thread)
        }
      }
    },
    finish() {
      // Hard links first: what they name must still be the file that was written.
      for (const link of links.filter((one) => one.type === 'hardlink')) writeLink(link)
      for (const link of links.filter((one) => one.type === 'symlink')) writeLink(link)
      const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1)
      return { entries: entries.sort(byPath), skipped: skipped.sort(byPath) }
    },
  }
}
