import { createHash } from 'node:crypto'
import type { Worker } from 'node:worker_threads'
import type { LimitName } from '@messlatte/model'
import { Counters } from '../limits.ts'
import { setsOf } from '../split/sets.ts'
import { addTally, emptyTally, keep, limitHit, type Tally } from '../tally.ts'
import type { FileDigest, FromWorker, Job, Reference, Task, ToWorker, WaitingPart } from './protocol.ts'

export interface RunEnd {
  readonly tally: Tally
  /** SHA-256 (hex) of each release file, in their order; none where the job wants none. */
  readonly digests: readonly string[]
  /** By which secrets are digested: it follows from the files' contents, and not from anything that a report shows. */
  readonly secretKey: string
  /** Set when the run's budget was used up: the caller repeats it on one thread, so that the cut is the same each time. */
  readonly exhausted: 'bytes' | 'entries' | undefined
}

export interface CoordinatorOptions<Settings, Output> {
  readonly job: Job<Settings>
  readonly workers: readonly Worker[]
  /** Each thread's own descriptor to the parent. */
  readonly channels: readonly number[]
  readonly onOutput: (output: Output, worker: number) => void
  /** Told how much is done, in tasks and bytes out. */
  readonly onProgress: (bytes: number) => void
  /** Further tasks, read from elsewhere; undefined when there are no more. Asked only when there is room. */
  readonly source?: () => Task | undefined
  /** What the source adds to the secret key, once it has been read. */
  readonly sourceKey?: () => string
}

/** Tasks that a thread holds at a time: one in work, one waiting, so that no thread waits for a message. */
const HELD = 2
const SOURCE_AHEAD = 4
/** Contents that wait for others of their set, and bytes of memory that hold them. */
const [MOST_WAITING, MOST_WAITING_BYTES] = [10_000, 512 * 1024 * 1024]

/** Hands tasks to threads and adds up what they report. Deeper work goes first, so that little is open at a time. */
export class Coordinator<Settings, Output> {
  readonly #options: CoordinatorOptions<Settings, Output>
  readonly #counters: Counters
  readonly #held: { id: number; task: Task }[][]
  readonly #tally: Tally = emptyTally()
  readonly #digests: FileDigest[] = []
  readonly #answers = new Map<number, (result: unknown) => void>()
  #queue: Task[] = []
  #waiting: WaitingPart[] = []
  #waitingBytes = 0
  #next = 0
  #exhausted: 'bytes' | 'entries' | undefined
  #stopped = false
  #finished: ((error?: Error) => void) | undefined

  constructor(options: CoordinatorOptions<Settings, Output>) {
    this.#options = options
    this.#counters = new Counters(options.job.limits)
    this.#held = options.workers.map(() => [])
  }

  /** Tells every thread the job and waits until all have given up their rights. */
  async start(): Promise<void> {
    await Promise.all(
      this.#options.workers.map(
        (worker, index) =>
          new Promise<void>((resolve, reject) => {
            worker.on('error', reject)
            worker.on('message', (message: FromWorker<Output>) => {
              if (message.from === 'ready') resolve()
              else this.#receive(index, message)
            })
            this.#send(index, {
              to: 'start',
              job: this.#options.job,
              counters: this.#counters.shared,
              channel: this.#options.channels[index] as number,
            })
          }),
      ),
    )
  }

  /** Does the job's files and the source's tasks. */
  async run(): Promise<RunEnd> {
    const { files, digests } = this.#options.job
    this.#queue = files.flatMap((_, index): Task[] =>
      digests
        ? [
            { task: 'file', index },
            { task: 'digest', index },
          ]
        : [{ task: 'file', index }],
    )
    await this.#drain()
    const key = createHash('sha256')
    for (const digest of this.#digests) key.update(digest.key)
    return {
      tally: this.#tally,
      digests: this.#digests.map((digest) => digest.sha256),
      secretKey: key.update(this.#options.sourceKey?.() ?? '').digest('hex'),
      exhausted: this.#exhausted,
    }
  }

  /** Asks one thread; mappers answer about what they themselves have seen. */
  async ask(worker: number, ask: unknown): Promise<unknown> {
    const id = this.#next++
    return new Promise((resolve) => {
      this.#answers.set(id, resolve)
      this.#held[worker]?.push({ id, task: { task: 'ask', ask } })
      this.#send(worker, { to: 'task', id, task: { task: 'ask', ask } })
    })
  }

  /** Bytes and members so far: what does not change any more has stalled. */
  work(): string {
    return this.#counters.total()
  }

  /** Hands out nothing more, and what is being done ends at its next step; what was found so far counts. */
  stop(limit: LimitName): void {
    this.#queue = []
    this.#stopped = true
    this.#counters.stop()
    keep(this.#tally, 'limits', limitHit(limit, ''))
  }

  /** Notes what was left out because an earlier run failed over it. */
  noteSkipped(path: string, limit: LimitName): void {
    keep(this.#tally, 'limits', limitHit(limit, path))
  }

  async #drain(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#finished = (error) => (error ? reject(error) : resolve())
      this.#feed()
    })
    this.#finished = undefined
  }

  #feed(): void {
    for (let more = true; more; ) {
      more = false
      this.#pullSource()
      this.#held.forEach((held, worker) => {
        if (held.length >= HELD) return
        const task = this.#exhausted || this.#stopped ? undefined : this.#queue.shift()
        if (!task) return
        const id = this.#next++
        held.push({ id, task })
        this.#send(worker, { to: 'task', id, task })
        more = true
      })
    }
    if (!this.#held.every((held) => held.length === 0)) return
    if (this.#waiting.length === 0 || this.#exhausted || this.#stopped) this.#finished?.()
    else this.#feedParts()
  }

  /** All that may be parts is known. What they hold may be parts again. */
  #feedParts(): void {
    const sets = setsOf(this.#waiting)
    this.#waiting = []
    this.#waitingBytes = 0
    this.#queue.push(...sets.map((set): Task => ({ task: 'parts', ...set })))
    this.#feed()
  }

  /** What lies in memory waits there up to a bound; what comes behind that is looked into by itself. */
  #wait(part: WaitingPart): void {
    const bytes = this.#waitingBytes + memoryOf(part.reference)
    if (this.#waiting.length < MOST_WAITING && bytes <= MOST_WAITING_BYTES) {
      this.#waiting.push(part)
      this.#waitingBytes = bytes
    } else this.#queue.push({ task: 'parts', parts: [part], whole: part.place.whole, missing: [] })
  }

  #pullSource(): void {
    while (this.#options.source && !this.#exhausted && !this.#stopped && this.#queue.length < SOURCE_AHEAD) {
      const task = this.#options.source()
      if (!task) return
      this.#queue.push(task)
    }
  }

  #receive(worker: number, message: FromWorker<Output>): void {
    switch (message.from) {
      case 'loaded':
      case 'ready':
        return
      case 'more':
        this.#queue.unshift(...message.tasks)
        break
      case 'part':
        this.#wait(message.part)
        break
      case 'done':
        this.#done(worker, message.id, message.tally, message.output, message.result)
        break
      case 'budget':
        // The outer guard has already been noted where it was set off.
        if (message.limit !== 'seconds' && !this.#exhausted) {
          this.#exhausted = message.limit
          keep(message.tally, 'limits', limitHit(message.limit, ''))
        }
        this.#done(worker, message.id, message.tally, message.output, undefined)
        break
      case 'failed':
        this.#finished?.(new Error(message.message))
        return
    }
    this.#feed()
  }

  #done(worker: number, id: number, tally: Tally, output: Output | undefined, result: unknown): void {
    const held = this.#held[worker] as { id: number; task: Task }[]
    const at = held.findIndex((one) => one.id === id)
    const [entry] = held.splice(at, 1)
    addTally(this.#tally, tally)
    if (output !== undefined) this.#options.onOutput(output, worker)
    if (entry?.task.task === 'digest') this.#digests[entry.task.index] = result as FileDigest
    const answered = this.#answers.get(id)
    this.#answers.delete(id)
    answered?.(result)
    this.#options.onProgress(this.#tally.bytes)
  }

  #send(worker: number, message: ToWorker<Settings>): void {
    this.#options.workers[worker]?.postMessage(message)
  }
}

/** Files of the release take no memory. */
function memoryOf(reference: Reference): number {
  switch (reference.kind) {
    case 'file':
      return 0
    case 'shared':
      return reference.size
    case 'mapped':
      return memoryOf(reference.source)
    case 'joined':
      return reference.parts.reduce((sum, part) => sum + memoryOf(part), 0)
  }
}
