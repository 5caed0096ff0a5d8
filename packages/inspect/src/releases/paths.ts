import { withoutOffsets } from '../secrets/of-facts.ts'

/** A nest path without the names of the files of the release and of containers: what is left when a version is in a name. */
export function withoutNames(path: string): string {
  return path
    .replaceAll(/[^/]*@0x[0-9a-f]+:/g, ':')
    .replace(/^[^/:]*(?=[/:]|$)/, '')
    .replace(/^\/:/, ':')
}

/** The path within its file system, or within the folder that was handed in. */
export function pathInside(path: string): string {
  const inner = innermost(path)
  return inner.slice(inner.indexOf('/') + 1)
}

/** The innermost container's format, and the path in it: the same where a file system lies in another container than before. */
function innermost(path: string): string {
  const bare = withoutNames(path)
  return bare.slice(bare.lastIndexOf(':') + 1)
}

export interface Pair<T> {
  readonly old: T
  readonly new: T
}

export interface Paired<T> {
  readonly both: readonly Pair<T>[]
  readonly went: readonly T[]
  readonly added: readonly T[]
}

/**
 * Puts together what lies in the same place of both releases: by the nest path without offsets, what is left by the path without
 * names of files, and what is then left by the path within its file system. Where a place holds several, the order decides.
 */
export function pairByPlace<T extends { readonly path: string }>(
  old: readonly T[],
  added: readonly T[],
  key: (one: T) => string,
): Paired<T> {
  const close = pairBy(old, added, (one) => `${withoutOffsets(one.path)}\0${key(one)}`)
  const loose = pairBy(close.went, close.added, (one) => `${withoutNames(one.path)}\0${key(one)}`)
  const inner = pairBy(loose.went, loose.added, (one) => `${innermost(one.path)}\0${key(one)}`)
  return { both: [...close.both, ...loose.both, ...inner.both], went: inner.went, added: inner.added }
}

/** Puts together what has the same key, in the order of both lists. */
export function pairBy<T>(old: readonly T[], added: readonly T[], key: (one: T) => string): Paired<T> {
  const waiting = new Map<string, T[]>()
  for (const one of added.toReversed()) {
    const own = waiting.get(key(one))
    if (own) own.push(one)
    else waiting.set(key(one), [one])
  }
  const both: Pair<T>[] = []
  const went: T[] = []
  for (const one of old) {
    const other = waiting.get(key(one))?.pop()
    if (other === undefined) went.push(one)
    else both.push({ old: one, new: other })
  }
  const left = new Set([...waiting.values()].flat())
  return { both, went, added: added.filter((one) => left.has(one)) }
}
