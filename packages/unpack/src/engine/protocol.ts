import type { Extent } from '@messlatte/bytes'
import type { HeldPart, SharedContent } from '../content.ts'
import type { EntryMeta, Region } from '../contract.ts'
import type { Limits, RunLimit } from '../limits.ts'
import type { PartSet } from '../split/sets.ts'
import type { Tally } from '../tally.ts'

/** Where bytes lie that every thread can reach: an inherited descriptor, or shared memory. */
export type Reference =
  | { readonly kind: 'file'; readonly index: number; readonly start: number; readonly size: number }
  | {
      readonly kind: 'shared'
      readonly buffer: SharedArrayBuffer
      readonly start: number
      readonly size: number
    }
  | {
      readonly kind: 'mapped'
      readonly source: Reference
      /** In shared memory where they can be, see `sharedExtents`. */
      readonly extents: SharedArrayBuffer | readonly Extent[]
      /** Bytes of all of it. */
      readonly whole: number
      readonly start: number
      readonly size: number
    }
  | {
      readonly kind: 'joined'
      readonly parts: readonly Reference[]
      readonly start: number
      readonly size: number
    }

/** A file of the release, open for reading. */
export interface ReleaseFile {
  readonly name: string
  /** Directory of the release that holds it, or empty. */
  readonly directory: string
  readonly size: number
  readonly descriptor: number
}

/** What a run is to do; fixed from its start. */
export interface Job<Settings> {
  readonly files: readonly ReleaseFile[]
  /** Whether somebody will see the digests of the files. */
  readonly digests: boolean
  readonly limits: Limits
  readonly skip: readonly string[]
  readonly keys: readonly { readonly name: string; readonly base64: string }[]
  readonly settings: Settings
}

export type ContentTask = Omit<SharedContent, 'bytes'> & {
  readonly task: 'content'
  readonly reference: Reference
}

export interface BatchTask {
  readonly task: 'batch'
  readonly path: string
  readonly format: string
  readonly depth: number
  readonly reference: Reference
  readonly region: Region
  /** Serialised once by the thread that made it, and opened by the one that runs it. */
  readonly plan: Uint8Array
  readonly cost: number
}

/** A content that waits for those that belong to it. */
export type WaitingPart = Omit<HeldPart, 'bytes'> & { readonly reference: Reference }

/** Parts of one whole, or one that has no others. */
export interface PartsTask extends PartSet<WaitingPart> {
  readonly task: 'parts'
}

/** Members of a directory of the release, their contents one behind the other in `buffer`. */
export interface BundleTask {
  readonly task: 'bundle'
  readonly directory: string
  readonly buffer: SharedArrayBuffer
  readonly members: readonly { readonly meta: EntryMeta; readonly start: number; readonly size: number }[]
}

export type Task =
  | { readonly task: 'file'; readonly index: number }
  | { readonly task: 'digest'; readonly index: number }
  | { readonly task: 'ask'; readonly ask: unknown }
  | ContentTask
  | BatchTask
  | BundleTask
  | PartsTask

export type ToWorker<Settings> =
  /** `channel`: descriptor of the thread's own pipe to the parent. */
  | {
      readonly to: 'start'
      readonly job: Job<Settings>
      readonly counters: SharedArrayBuffer
      readonly channel: number
    }
  | { readonly to: 'task'; readonly id: number; readonly task: Task }

export interface FileDigest {
  /** SHA-256 (hex). */
  readonly sha256: string
  /** Part of the key by which secrets are digested. */
  readonly key: string
}

export type FromWorker<Output> =
  | { readonly from: 'loaded' }
  | { readonly from: 'ready' }
  | { readonly from: 'more'; readonly tasks: readonly (ContentTask | BatchTask)[] }
  | { readonly from: 'part'; readonly part: WaitingPart }
  | {
      readonly from: 'done'
      readonly id: number
      readonly tally: Tally
      readonly output: Output | undefined
      /** A `FileDigest` for a digest task; the answer for an ask. */
      readonly result?: unknown
    }
  | {
      readonly from: 'budget'
      readonly id: number
      readonly limit: RunLimit
      readonly tally: Tally
      readonly output: Output | undefined
    }
  | { readonly from: 'failed'; readonly id: number; readonly message: string }
