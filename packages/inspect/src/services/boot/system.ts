import type { Fact } from '../../contract.ts'
import type { Host, Truth } from '../../shell/script/evaluate.ts'
import { isPattern, patternOf } from '../../shell/script/pattern.ts'
import './facts.ts'
import type { BootFactKind } from './facts.ts'

/** Where a path stands in the release. */
export type Place = Fact['place']

interface Entry {
  readonly place: Place
  readonly text?: string
  readonly target?: string
  readonly directory: boolean
  /** Undefined for links, and where what it lies in holds no rights. */
  readonly mode: number | undefined
}

const MOST_LINKS = 12
/** Directories of which everything was gathered: what is not among it is not there. */
const GATHERED = /^\/(?:etc|bin|sbin|usr\/bin|usr\/sbin|usr\/local\/bin|usr\/local\/sbin)(?:\/|$)/
/** Directories that are filled when the system runs. */
const LATER = /^\/(?:dev|proc|sys|tmp|run|mnt|media|var\/(?:run|lock|log|tmp))(?:\/|$)/

/** One root file system, as far as it matters for starting. */
export class System implements Host {
  readonly #entries = new Map<string, Entry>()
  readonly #folders = new Map<string, Set<string>>()

  constructor(facts: readonly Fact<BootFactKind>[], prefix: string) {
    for (const { place, data } of facts) {
      const path = `/${place.inner.slice(prefix.length)}`
      this.#add(path, {
        place,
        directory: 'directory' in data && data.directory,
        mode: 'mode' in data ? data.mode : undefined,
        ...('text' in data ? { text: data.text } : {}),
        ...('target' in data ? { target: data.target } : {}),
      })
    }
  }

  #add(path: string, entry: Entry): void {
    this.#entries.set(path, entry)
    for (let at = path.lastIndexOf('/'), name = path; at >= 0; at = name.lastIndexOf('/')) {
      const folder = name.slice(0, at) || '/'
      const names = this.#folders.get(folder)
      if (names) names.add(name.slice(at + 1))
      else this.#folders.set(folder, new Set([name.slice(at + 1)]))
      if (at === 0) break
      name = folder
    }
  }

  /** The path that is meant, behind all links; the same one where there are none. */
  resolve(path: string): string {
    let current = normal(path)
    for (let i = 0; i < MOST_LINKS; i++) {
      const next = this.#followed(current)
      if (next === undefined) return current
      current = next
    }
    return current
  }

  /** One link on the way replaced by its target. */
  #followed(path: string): string | undefined {
    const parts = path.split('/')
    for (let length = 2; length <= parts.length; length++) {
      const part = parts.slice(0, length).join('/')
      const target = this.#entries.get(part)?.target
      if (target === undefined) continue
      const base = target.startsWith('/') ? '' : parts.slice(0, length - 1).join('/')
      return normal([base, target, ...parts.slice(length)].join('/'))
    }
    return undefined
  }

  /** What stands at a path itself: a link is not followed. */
  here(path: string): Entry | undefined {
    return this.#entries.get(path)
  }

  entry(path: string): Entry | undefined {
    return this.#entries.get(this.resolve(path))
  }

  exists(path: string, kind: 'any' | 'file' | 'directory' | 'executable'): Truth {
    if (!path.startsWith('/') || LATER.test(path)) return undefined
    const resolved = this.resolve(path)
    const entry = this.#entries.get(resolved)
    const isFolder = entry?.directory === true || this.#folders.has(resolved)
    if (!entry && !isFolder) {
      return GATHERED.test(resolved) && this.#folders.has(`/${resolved.split('/')[1]}`) ? false : undefined
    }
    switch (kind) {
      case 'any':
        return true
      case 'file':
        return !isFolder
      case 'directory':
        return isFolder
      case 'executable':
        if (isFolder) return true
        return entry?.mode === undefined ? undefined : (entry.mode & 0o111) !== 0
    }
  }

  source(path: string): string | undefined {
    return this.entry(path)?.text
  }

  /** All scripts and tables that were gathered, by their paths. */
  texts(): readonly { readonly path: string; readonly text: string; readonly place: Place }[] {
    return [...this.#entries].flatMap(([path, { text, place }]) =>
      text === undefined ? [] : [{ path, text, place }],
    )
  }

  list(folder: string): readonly string[] {
    return [...(this.#folders.get(this.resolve(folder)) ?? [])].sort()
  }

  glob(pattern: string): readonly string[] {
    let found = ['']
    for (const part of normal(pattern).split('/').slice(1)) {
      const test = isPattern(part) ? patternOf(part) : undefined
      found = found.flatMap((folder) =>
        test
          ? this.list(folder || '/')
              .filter((name) => test.test(name) && !name.startsWith('.'))
              .map((name) => `${folder}/${name}`)
          : [`${folder}/${part}`],
      )
      if (found.length > 2_000) return []
    }
    return found.filter((path) => this.exists(path, 'any') === true)
  }

  /** A program of that name: the path itself, or the first on the usual search path. */
  program(word: string): string | undefined {
    if (word.includes('/')) return this.entry(word) ? word : undefined
    return ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin']
      .map((folder) => `${folder}/${word}`)
      .find((path) => this.#entries.has(this.resolve(path)))
  }
}

function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
