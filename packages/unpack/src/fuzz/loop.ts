import type { Format } from '../contract.ts'
import { attempt } from '../testing/attempt.ts'
import { type Coverage, Reached } from './coverage.ts'
import { type Input, inputOf, type Seed, seedOf } from './mutate.ts'
import type { Random } from './random.ts'

/** Inputs that run between two looks at the coverage, which cost a thousand times what one of them does. */
const BATCH = 2000
/** Milliseconds that one input may take. */
const SLOW = 2000

/** An input that a reader does not stand. */
export interface Finding {
  readonly content: Buffer
  readonly message: string
}

export interface FuzzRun {
  readonly executions: number
  /** Characters of the readers' source text that ran at least once. */
  readonly reached: number
  /** Inputs that reached blocks which none before them had reached. */
  readonly corpus: readonly Buffer[]
  readonly findings: readonly Finding[]
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
  const { format, coverage, random } = options
  const reached = new Reached()
  const corpus: Seed[] = []
  const findings: Finding[] = []
  let executions = 0

  function run(input: Input): void {
    input.use(runOn)
  }

  function runOn(content: Buffer): void {
    executions++
    const started = performance.now()
    try {
      attempt(format, content)
    } catch (error) {
      findings.push({
        content: Buffer.from(content),
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
      return
    }
    // The engine collects its garbage in somebody's time: what is slow is slow twice.
    if (performance.now() - started > SLOW && millisecondsFor(content) > SLOW)
      findings.push({ content: Buffer.from(content), message: `takes over ${SLOW} ms` })
  }

  function millisecondsFor(content: Buffer): number {
    const started = performance.now()
    attempt(format, content)
    return performance.now() - started
  }

  /** Runs them once more, in halves, until it is clear which of them reach something new. */
  function keepNew(batch: readonly Input[]): void {
    coverage.take()
    for (const input of batch) run(input)
    const taken = coverage.take()
    if (!reached.isNew(taken)) return
    if (batch.length === 1) {
      reached.add(taken)
      for (const input of batch) corpus.push(input.use((content) => seedOf(Buffer.from(content))))
      return
    }
    const half = batch.length >> 1
    keepNew(batch.slice(0, half))
    keepNew(batch.slice(half))
  }

  const until = performance.now() + (options.seconds ?? Number.POSITIVE_INFINITY) * 1000
  const isOver = () =>
    executions >= options.executions || findings.length >= options.mostFindings || performance.now() > until
  const seeds = options.seeds.map(seedOf)
  for (const { content } of seeds) keepNew([inputOf(content)])
  while (!isOver()) {
    const pool = corpus.length > 0 ? corpus : seeds
    keepNew(Array.from({ length: BATCH }, () => pickSeed(pool, random).mutate(random, pool)))
  }
  return { executions, reached: reached.characters, corpus: corpus.map(({ content }) => content), findings }
}

/** Small inputs run more often: they take less time, and a change is more likely to hit something in them. */
function pickSeed(pool: readonly Seed[], random: Random): Seed {
  const one = random.oneOf(pool)
  if (random.below(4) === 0) return one
  return [random.oneOf(pool), random.oneOf(pool)].reduce(
    (smallest, other) => (other.content.length < smallest.content.length ? other : smallest),
    one,
  )
}
