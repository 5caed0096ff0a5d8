import type { Worker } from 'node:worker_threads'
import type { Unpacked } from '@messlatte/model'
import { FORMATS } from '../formats/index.ts'
import { type ExtractedEntry, extractMapper } from '../mappers/extract.ts'
import { listMapper } from '../mappers/list.ts'
import { finishTally } from '../tally.ts'
import { serveInSandbox } from './child.ts'
import { runMainThread } from './main-thread.ts'

/** Lists or writes what is inside; plain JSON, because it crosses a process boundary. */
export type ListSettings =
  | { readonly kind: 'list' }
  | {
      readonly kind: 'extract'
      /** Absolute; the one place to which the sandbox may write. */
      readonly folder: string
      /** Whether all entries are wanted, with the digests of their contents; if not, links and what was not written. */
      readonly listing: boolean
    }

export interface ListResult {
  readonly entries: readonly ExtractedEntry[]
  readonly unpacked: Unpacked
  /** SHA-256 (hex) of the release's files, in their order. */
  readonly digests: readonly string[]
}

type Output = readonly ExtractedEntry[]

/** The main thread of the sandbox that lists or writes; it knows no format. @param workers what `startWorkers` gave */
export async function runListing(workers: readonly Promise<Worker>[]): Promise<void> {
  await runMainThread<ListSettings, Output>(workers, async (_, outputs, end): Promise<ListResult> => {
    const entries = outputs.flatMap(({ output }) => output)
    return {
      entries: entries.sort((a, b) => compare(a.path, b.path) || compare(a.type, b.type)),
      unpacked: finishTally(end.tally),
      digests: end.digests,
    }
  })
}

/** Its workers: the readers, and nothing else. */
export function serveListing(): void {
  serveInSandbox<ListSettings, Output>({
    formats: FORMATS,
    createMapper: (settings, work) =>
      settings.kind === 'list' ? listMapper() : extractMapper(settings.folder, settings.listing, work),
  })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
