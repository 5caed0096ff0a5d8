import type { Bytes } from '@messlatte/bytes'
import type { EntryMeta, EntryType } from './contract.ts'

/** What the walk shows, once each: files, links, directories, recognised regions, and stretches that no format claims. */
export interface Found {
  /** Nest path. */
  readonly path: string
  /** Nest path of what holds it; empty for a file of the release itself. */
  readonly root: string
  /** Path below `root`; empty for regions. */
  readonly inner: string
  readonly type: EntryType | 'region' | 'unknown'
  /** As the container tells it; undefined for regions and for files of the release. */
  readonly meta: EntryMeta | undefined
  readonly format: string | undefined
  readonly bytes: Bytes
  /** True where regions inside are shown on their own, so that nobody has to search these bytes again. */
  readonly covered: boolean
  /** SHA-256 (hex) of the content. */
  sha256(): string
  /** The content in a form that outlives the visit. */
  keep(): Bytes
}

export interface Visitor {
  visit(found: Found): void
}
