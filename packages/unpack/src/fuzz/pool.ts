import { type Input, type Seed, seedOf } from './mutate.ts'
import { createRandom, type Random } from './random.ts'
import type { Trial } from './trial.ts'

/** Up to here an input is as good as a cheaper one: the cheapest ones are those that end at once. */
const CHEAP = { bytes: 4096, milliseconds: 0.1 }

/** An input that reaches something, and what it takes to run it. */
export interface Known extends Seed {
  /** Bytes times milliseconds. */
  readonly price: number
  /** Whether it gets past the recogniser. */
  readonly recognised: boolean
}

/** What is changed. */
export interface Pool {
  readonly all: readonly Known[]
  readonly recognised: readonly Known[]
}

export function poolOf(all: readonly Known[]): Pool {
  const recognised = all.filter((one) => one.recognised)
  return { all, recognised: recognised.length > 0 ? recognised : all }
}

export function knownOf(content: Buffer, trial: Trial): Known {
  const milliseconds = Math.min(...[0, 1, 2].map(() => trial.millisecondsFor(content)))
  return {
    ...seedOf(content),
    recognised: trial.isRecognised(content),
    price: Math.max(content.length, CHEAP.bytes) * Math.max(milliseconds, CHEAP.milliseconds),
  }
}

/** An input that the number stands for: it is made anew each time that it runs, so that a batch takes no room. */
export function changed(pool: Pool, number: number): Input {
  return {
    use(run) {
      const random = createRandom(number)
      return pickSeed(pool, random).mutate(random, pool.all).use(run)
    },
  }
}

/**
 * Small and quick inputs run more often: a change is more likely to hit something in them, and takes less time. The quickest,
 * though, are those that the recogniser refuses, and behind it is what matters: three of four are such that it takes.
 */
function pickSeed({ all, recognised }: Pool, random: Random): Seed {
  const from = random.below(4) === 0 ? all : recognised
  const one = random.oneOf(from)
  if (random.below(16) === 0) return one
  return [random.oneOf(from), random.oneOf(from), random.oneOf(from)].reduce(
    (cheapest, other) => (other.price < cheapest.price ? other : cheapest),
    one,
  )
}
