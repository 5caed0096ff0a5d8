import type { LimitName } from '@messlatte/model'

/** What one run may cost. All of them are on by default and reported when hit. */
export interface Limits {
  /** Bytes of content read or decompressed, over the whole run; and bytes written, where it writes. */
  readonly bytes: number
  /** Whether `bytes` is less for a small release, see `limitsFor`; false where the user set it. */
  readonly bytesBySize: boolean
  /** Members of containers, over the whole run; one with very long names or attributes counts as several. */
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

/** Bytes of names and attributes of one member: on average no real one has many more. */
const ENTRY_BYTES = 128

export const RATIO_FLOOR = 256 * 1024 * 1024

const GIB = 1024 ** 3

export function defaultLimits(memory = 4 * GIB): Limits {
  return {
    bytes: 16 * GIB,
    bytesBySize: true,
    entries: 2_000_000,
    depth: 16,
    ratio: 5_000,
    artefact: Math.floor(memory / 2),
    memory,
    seconds: 900,
  }
}

/** What even the smallest release may become in all: an image of a disk packs well, and is counted at each step. */
const LEAST_BYTES = 2 * GIB

/** The limits of a release of `size` bytes: many contents, each within its ratio, make a bomb together as one does. */
export function limitsFor(limits: Limits, size: number): Limits {
  if (!limits.bytesBySize) return limits
  return { ...limits, bytes: Math.min(limits.bytes, Math.max(LEAST_BYTES, limits.ratio * size)) }
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

/** What the whole run may cost; `seconds` is the outer guard. */
export type RunLimit = 'bytes' | 'entries' | 'seconds'

/** Thrown where the whole run's budget is used up; ends the walk. */
export class BudgetError extends Error {
  readonly limit: RunLimit
  constructor(limit: RunLimit) {
    super(`the run's budget of ${limit} is used up`)
    this.name = 'BudgetError'
    this.limit = limit
  }
}

/** Counts work over all threads of a run. */
export class Counters {
  readonly shared: SharedArrayBuffer
  readonly #counts: BigInt64Array
  readonly #limits: Limits

  constructor(limits: Limits, shared = new SharedArrayBuffer(32)) {
    this.shared = shared
    this.#counts = new BigInt64Array(shared)
    this.#limits = limits
  }

  /** Makes every thread end at its next step. */
  stop(): void {
    Atomics.store(this.#counts, 2, 1n)
  }

  /** @throws BudgetError when the run was stopped */
  check(): void {
    if (Atomics.load(this.#counts, 2) !== 0n) throw new BudgetError('seconds')
  }

  /** @throws BudgetError */
  addBytes(count: number): void {
    this.check()
    if (Number(Atomics.add(this.#counts, 0, BigInt(count))) + count > this.#limits.bytes)
      throw new BudgetError('bytes')
  }

  /** Bytes that are written for the user: no more than may be read. @throws BudgetError */
  addWritten(count: number): void {
    this.check()
    if (Number(Atomics.add(this.#counts, 3, BigInt(count))) + count > this.#limits.bytes)
      throw new BudgetError('bytes')
  }

  /** Bytes and members so far, as one comparable string. */
  total(): string {
    return `${Atomics.load(this.#counts, 0)}/${Atomics.load(this.#counts, 1)}`
  }

  /** @param told bytes of its names and attributes @throws BudgetError */
  addEntry(told: number): void {
    this.check()
    const count = Math.max(1, Math.floor(told / ENTRY_BYTES))
    if (Number(Atomics.add(this.#counts, 1, BigInt(count))) + count > this.#limits.entries)
      throw new BudgetError('entries')
  }
}
