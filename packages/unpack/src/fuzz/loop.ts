import type { Format } from '../contract.ts'
import { attempt } from '../testing/attempt.ts'
import { MAX_CONTENT } from '../testing/collect.ts'
import { type Coverage, Reached, type Taken } from './coverage.ts'
import { type Input, inputOf, type Seed, seedOf } from './mutate.ts'
import { createRandom, type Random } from './random.ts'

/**
 * Inputs that run between two looks at the coverage, which cost a thousand times what one of them does: few where there is
 * much to find, because all of a batch run again to tell which of them it was, and many where nothing new comes.
 */
const BATCH = { fewest: 250, most: 4000 }
/** Bytes of one content that are always allowed; more, where contents of the seeds are larger. */
const CONTENT = 64 * 1024
/** Milliseconds that one input may take, of the processor's time. */
const SLOW = 2000

/** Up to here an input is as good as a cheaper one: the cheapest ones are those that end at once. */
const CHEAP = { bytes: 4096, milliseconds: 0.1 }
/** Calls that a finding tells. */
const STACK = 10

/** An input that a reader does not stand. */
export interface Finding {
  readonly content: Buffer
  readonly message: string
}

export interface FuzzRun {
  /** Inputs that were tried; what runs again to tell which of a batch it was is not counted. */
  readonly executions: number
  /** Characters of the readers' source text that ran at least once. */
  readonly reached: number
  /** Inputs that reached blocks which none before them had reached. */
  readonly corpus: readonly Buffer[]
  readonly findings: readonly Finding[]
}

/** An input that reaches something, and what it takes to run it. */
interface Known extends Seed {
  /** Bytes times milliseconds. */
  readonly price: number
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
  const { stackTraceLimit } = Error
  // Most inputs end in an error, and to note where it was thrown takes longer than to find it.
  Error.stackTraceLimit = 0
  try {
    return fuzzWithoutStacks(options)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

function fuzzWithoutStacks(options: FuzzOptions): FuzzRun {
  const { format, coverage, random } = options
  const reached = new Reached()
  const corpus: Known[] = []
  const findings: Finding[] = []
  let executions = 0
  let mostContent = MAX_CONTENT
  let largest = 0

  function tryOut(content: Buffer): void {
    executions++
    const started = performance.now()
    try {
      largest = Math.max(largest, attempt(format, content, mostContent))
    } catch {
      findings.push({ content: Buffer.from(content), message: faultOf(content) })
      return
    }
    // The engine collects its garbage in somebody's time, and other programs have theirs: what is slow is slow by itself.
    if (performance.now() - started > SLOW && processorTimeFor(content) > SLOW)
      findings.push({ content: Buffer.from(content), message: `takes over ${SLOW} ms` })
  }

  function faultOf(content: Buffer): string {
    Error.stackTraceLimit = STACK
    try {
      attempt(format, content, mostContent)
      return 'does not fail again'
    } catch (error) {
      return error instanceof Error ? (error.stack ?? error.message) : String(error)
    } finally {
      Error.stackTraceLimit = 0
    }
  }

  function millisecondsFor(content: Buffer): number {
    const started = performance.now()
    runAgain(content)
    return performance.now() - started
  }

  function processorTimeFor(content: Buffer): number {
    const before = process.cpuUsage()
    runAgain(content)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }

  function runAgain(content: Buffer): void {
    try {
      attempt(format, content, mostContent)
    } catch {
      // It was noted when it ran for the first time.
    }
  }

  function known(content: Buffer): Known {
    const milliseconds = Math.min(...[0, 1, 2].map(() => millisecondsFor(content)))
    return {
      ...seedOf(content),
      price: Math.max(content.length, CHEAP.bytes) * Math.max(milliseconds, CHEAP.milliseconds),
    }
  }

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
      for (const input of batch) corpus.push(input.use((content) => known(Buffer.from(content))))
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
    executions >= options.executions || findings.length >= options.mostFindings || performance.now() > until
  coverage.take()
  for (const content of options.seeds) keepNew([inputOf(content)])
  mostContent = Math.max(CONTENT, 2 * largest)
  let size = BATCH.fewest
  while (!isOver()) {
    const pool = corpus.length > 0 ? [...corpus] : options.seeds.map(known)
    const isNew = keepNew(Array.from({ length: size }, () => changed(pool, random.below(2 ** 32))))
    size = isNew ? Math.max(BATCH.fewest, size >> 1) : Math.min(BATCH.most, size * 2)
  }
  return { executions, reached: reached.characters, corpus: corpus.map(({ content }) => content), findings }
}

/** An input that the number stands for: it is made anew each time that it runs, so that a batch takes no room. */
function changed(pool: readonly Known[], number: number): Input {
  return {
    use(run) {
      const random = createRandom(number)
      return pickSeed(pool, random).mutate(random, pool).use(run)
    },
  }
}

/** Small and quick inputs run more often: a change is more likely to hit something in them, and takes less time. */
function pickSeed(pool: readonly Known[], random: Random): Seed {
  const one = random.oneOf(pool)
  if (random.below(16) === 0) return one
  return [random.oneOf(pool), random.oneOf(pool), random.oneOf(pool)].reduce(
    (cheapest, other) => (other.price < cheapest.price ? other : cheapest),
    one,
  )
}
