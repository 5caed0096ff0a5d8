import type { Format } from '../contract.ts'
import { type Coverage, Reached, type Taken } from './coverage.ts'
import { type Input, inputOf } from './mutate.ts'
import { changed, type Known, knownOf, poolOf } from './pool.ts'
import type { Random } from './random.ts'
import { type Finding, Trial, withoutStacks } from './trial.ts'

/**
 * Inputs that run between two looks at the coverage, which cost a thousand times what one of them does: few where there is
 * much to find, because all of a batch run again to tell which of them it was, and many where nothing new comes.
 */
const BATCH = { fewest: 250, most: 4000 }
/** Bytes of one content that are always allowed; more, where contents of the seeds are larger. */
const CONTENT = 64 * 1024

export interface FuzzRun {
  /** Inputs that were tried; what runs again to tell which of a batch it was is not counted. */
  readonly executions: number
  /** Characters of the readers' source text that ran at least once. */
  readonly reached: number
  /** Inputs that reached blocks which none before them had reached. */
  readonly corpus: readonly Buffer[]
  readonly findings: readonly Finding[]
  /** Bytes of one content from which on it was refused. */
  readonly mostContent: number
}

export interface FuzzOptions {
  readonly format: Format
  readonly seeds: readonly Buffer[]
  readonly executions: number
  /** Seconds after which it ends with fewer. */
  readonly seconds?: number
  readonly coverage: Coverage
  readonly random: Random
  /** It ends with so many findings; usually they are one and the same. */
  readonly mostFindings: number
}

/** Mutates what is known to reach something, and keeps what reaches more. */
export function fuzz(options: FuzzOptions): FuzzRun {
  return withoutStacks(() => fuzzWithoutStacks(options))
}

function fuzzWithoutStacks(options: FuzzOptions): FuzzRun {
  const { format, coverage, random } = options
  const reached = new Reached()
  const corpus: Known[] = []
  const trial = new Trial(format)
  const tryOut = (content: Buffer) => trial.tryOut(content)
  const runAgain = (content: Buffer) => trial.runAgain(content)

  function keepNew(batch: readonly Input[]): boolean {
    for (const input of batch) input.use(tryOut)
    const taken = coverage.take()
    const isNew = reached.isNew(taken)
    if (isNew) narrow(batch, taken)
    return isNew
  }

  /** Runs a batch that reaches something new once more, in halves, until it is clear which of it that is. */
  function narrow(batch: readonly Input[], taken: Taken): void {
    if (batch.length === 1) {
      for (const input of batch) corpus.push(input.use((content) => knownOf(Buffer.from(content), trial)))
      reached.add(taken)
      return
    }
    const half = batch.length >> 1
    const halves = [batch.slice(0, half), batch.slice(half)]
    // Otherwise it would be sought in each batch that is to come.
    if (!narrowEach(halves, []) && !narrowEach(halves, corpus)) reached.add(taken)
  }

  /**
   * Of optimised code V8 tells nothing where all blocks of a function ran equally often, as they do for a single input.
   * @param beside what is known: it adds nothing new, but runs the same functions another way
   */
  function narrowEach(parts: readonly (readonly Input[])[], beside: readonly Known[]): boolean {
    let isFound = false
    for (const part of parts) {
      for (const input of part) input.use(runAgain)
      for (const { content } of beside) runAgain(content)
      const taken = coverage.take()
      if (!reached.isNew(taken)) continue
      isFound = true
      narrow(part, taken)
    }
    return isFound
  }

  const until = performance.now() + (options.seconds ?? Number.POSITIVE_INFINITY) * 1000
  const isOver = () =>
    trial.executions >= options.executions ||
    trial.findings.length >= options.mostFindings ||
    performance.now() > until
  coverage.take()
  for (const content of options.seeds) keepNew([inputOf(content)])
  trial.mostContent = Math.max(CONTENT, 2 * trial.largest)
  let size = BATCH.fewest
  while (!isOver()) {
    const known = corpus.length > 0 ? [...corpus] : options.seeds.map((content) => knownOf(content, trial))
    const pool = poolOf(known)
    const isNew = keepNew(Array.from({ length: size }, () => changed(pool, random.below(2 ** 32))))
    size = isNew ? Math.max(BATCH.fewest, size >> 1) : Math.min(BATCH.most, size * 2)
  }
  const { executions, findings, mostContent } = trial
  const contents = corpus.map(({ content }) => content)
  return { executions, reached: reached.characters, corpus: contents, findings, mostContent }
}
