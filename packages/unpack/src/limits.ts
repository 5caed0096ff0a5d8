import type { LimitName } from '@messlatte/model'

/** What one run may cost. All of them are on by default and reported when hit. */
export interface Limits {
  /** Bytes of content read or decompressed, over the whole run. */
  readonly bytes: number
  /** Members of containers, over the whole run. */
  readonly entries: number
  /** Containers within containers. */
  readonly depth: number
  /** Bytes out for each byte in, for one stream of more than RATIO_FLOOR bytes. */
  readonly ratio: number
  /** Bytes of one content that has to be held in memory. */
  readonly artefact: number
  /** Bytes of resident memory; the parent ends the sandbox above it. */
  readonly memory: number
  /** The outer guard; hitting it makes a result partial. */
  readonly seconds: number
}

export const RATIO_FLOOR = 256 * 1024 * 1024

const GIB = 1024 ** 3

export function defaultLimits(memory = 4 * GIB): Limits {
  return {
    bytes: 16 * GIB,
    entries: 2_000_000,
    depth: 16,
    ratio: 5_000,
    artefact: Math.floor(memory / 2),
    memory,
    seconds: 900,
  }
}

/** Thrown where going on would break a limit of a single artefact; costs that artefact. */
export class LimitError extends Error {
  readonly limit: LimitName
  constructor(limit: LimitName, message: string) {
    super(message)
    this.name = 'LimitError'
    this.limit = limit
  }
}

/** Thrown where the whole run's budget is used up; ends the walk. */
export class BudgetError extends Error {
  readonly limit: 'bytes' | 'entries'
  constructor(limit: 'bytes' | 'entries') {
    super(`the budget of ${limit} for the whole run is used up`)
    this.name = 'BudgetError'
    this.limit = limit
  }
}

/** Counts work over all threads of a run. */
export class Counters {
  readonly shared: SharedArrayBuffer
  readonly #counts: BigInt64Array
  readonly #limits: Limits

  constructor(limits: Limits, shared = new SharedArrayBuffer(16)) {
    this.shared = shared
    this.#counts = new BigInt64Array(shared)
    this.#limits = limits
  }

  /** @throws BudgetError */
  addBytes(count: number): void {
    if (Number(Atomics.add(this.#counts, 0, BigInt(count))) + count > this.#limits.bytes) throw new BudgetError('bytes')
  }

  /** Bytes and members so far, as one comparable string. */
  total(): string {
    return `${Atomics.load(this.#counts, 0)}/${Atomics.load(this.#counts, 1)}`
  }

  /** @throws BudgetError */
  addEntry(): void {
    if (Number(Atomics.add(this.#counts, 1, 1n)) + 1 > this.#limits.entries) throw new BudgetError('entries')
  }
}
