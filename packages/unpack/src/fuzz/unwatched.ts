import { Worker } from 'node:worker_threads'
import type { Format } from '../contract.ts'
import { changed, knownOf, poolOf } from './pool.ts'
import { createRandom } from './random.ts'
import { type Finding, Trial, withoutStacks } from './trial.ts'

/** Inputs between two looks at the clock. */
const BATCH = 100

export interface UnwatchedOptions {
  /** What is changed: inputs that reach something each. */
  readonly corpus: readonly Uint8Array[]
  readonly executions: number
  /** Seconds after which it ends with fewer. */
  readonly seconds: number
  readonly seed: number
  readonly mostContent: number
  readonly mostFindings: number
}

export interface UnwatchedRun {
  readonly executions: number
  readonly findings: readonly Finding[]
}

/**
 * Tries changes of a corpus without a look at what they reach. Code whose blocks V8 counts runs up to five times slower, and
 * it is counted for good: this belongs into a thread in which that was never begun.
 */
export function tryUnwatched(format: Format, options: UnwatchedOptions): UnwatchedRun {
  return withoutStacks(() => {
    const trial = new Trial(format, options.mostContent)
    const pool = poolOf(options.corpus.map((content) => knownOf(Buffer.from(content), trial)))
    const random = createRandom(options.seed)
    const until = performance.now() + options.seconds * 1000
    while (performance.now() < until) {
      for (let i = 0; i < BATCH; i++) {
        if (trial.executions >= options.executions || trial.findings.length >= options.mostFindings)
          return trial
        changed(pool, random.below(2 ** 32)).use((content) => trial.tryOut(content))
      }
    }
    return trial
  })
}

/** The same in a thread of its own. */
export async function tryElsewhere(name: string, options: UnwatchedOptions): Promise<UnwatchedRun> {
  if (options.executions <= 0 || options.mostFindings <= 0) return { executions: 0, findings: [] }
  const workerData: ThreadData = { name, options }
  const worker = new Worker(new URL('./unwatched-thread.ts', import.meta.url), { workerData })
  const run = await new Promise<UnwatchedRun>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  // What travels between threads is a plain array of bytes afterwards.
  const findings = run.findings.map(({ content, message }) => ({ content: Buffer.from(content), message }))
  return { executions: run.executions, findings }
}

/** What the thread is told. */
export interface ThreadData {
  readonly name: string
  readonly options: UnwatchedOptions
}
