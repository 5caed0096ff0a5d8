import type { Mapper } from '../engine/worker.ts'
import type { Found } from '../visitor.ts'

/** One line of `messlatte unpack --list`. */
export interface ListedEntry {
  /** Nest path. */
  readonly path: string
  /** Path below the container that holds it. */
  readonly inner: string
  readonly type: Found['type']
  /** Permission bits, 0 to 0o7777; null where the container keeps none. */
  readonly mode: number | null
  readonly uid: number | null
  readonly gid: number | null
  /** Bytes. */
  readonly size: number
  /** Seconds since 1970, or null. */
  readonly mtime: number | null
  readonly sha256: string | null
  readonly target: string | null
  readonly device: { readonly major: number; readonly minor: number } | null
  readonly xattrs: Readonly<Record<string, string>> | null
  readonly format: string | null
}

/** @param digests false leaves out the digest of the content */
export function listed(found: Found, digests: boolean): ListedEntry {
  const { meta } = found
  return {
    path: found.path,
    inner: found.inner,
    type: found.type,
    mode: meta?.mode ?? null,
    uid: meta?.uid ?? null,
    gid: meta?.gid ?? null,
    size: found.bytes.size,
    mtime: meta?.mtime ?? null,
    sha256: digests && found.type === 'file' ? found.sha256() : null,
    target: meta?.target ?? null,
    device: meta?.device ?? null,
    xattrs: meta?.xattrs ?? null,
    format: found.format ?? null,
  }
}

/** Collects what is inside, with digests. */
export function listMapper(): Mapper<readonly ListedEntry[]> {
  let entries: ListedEntry[] = []
  return {
    visitor: { visit: (found) => void entries.push(listed(found, true)) },
    take() {
      const taken = entries
      entries = []
      return taken.length > 0 ? taken : undefined
    },
  }
}
