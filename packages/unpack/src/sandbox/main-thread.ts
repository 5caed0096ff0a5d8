import { createHash } from 'node:crypto'
import { isMainThread, Worker } from 'node:worker_threads'
import type { LimitName } from '@messlatte/model'
import type { EntryMeta } from '../contract.ts'
import { openChannel, readFrame } from '../engine/channel.ts'
import { Coordinator, type RunEnd } from '../engine/coordinator.ts'
import type { BundleTask, Job } from '../engine/protocol.ts'
import { dropRights } from './rights.ts'

/** Descriptors that the parent hands down; the release's files follow behind the threads' pipes. */
export const CONTROL = 3
export const INPUT = 4
export const FIRST_CHANNEL = 5

/** Where the number of threads stands behind the script. */
const THREADS_ARGUMENT = 2

/** What the parent sends first, as a frame on INPUT. */
export interface ChildJob<Settings> extends Job<Settings> {
  readonly threads: number
  readonly skipped: readonly { readonly path: string; readonly limit: LimitName }[]
  /** True when members of directories follow on INPUT. */
  readonly members: boolean
}

/** What a thread gave at the end of a task. */
export interface ThreadOutput<Output> {
  readonly thread: number
  readonly output: Output
}

/** Makes the result out of what the threads gave: the reduce phase, in the main thread. */
export type Conclude<Settings, Output> = (
  settings: Settings,
  outputs: readonly ThreadOutput<Output>[],
  end: RunEnd,
  ask: (worker: number, ask: unknown) => Promise<unknown>,
) => Promise<unknown>

const PULSE_MS = 100
const BUNDLE_BYTES = 4 * 1024 * 1024
const BUNDLE_MEMBERS = 500

/**
 * The main thread of the sandbox: hands out the work and makes the result. All of its code is loaded and all workers run
 * before its rights to read files and to start workers are dropped; only then the first hostile byte is read.
 * @param started what `startWorkers` gave
 */
export async function runMainThread<Settings, Output>(
  started: readonly Promise<Worker>[],
  conclude: Conclude<Settings, Output>,
): Promise<void> {
  const control = openChannel(CONTROL)
  const first = readFrame(INPUT)
  if (!first) return
  const job = JSON.parse(first.payload.toString('utf8')) as ChildJob<Settings>
  const workers = await Promise.all(started)
  dropRights()

  const outputs: ThreadOutput<Output>[] = []
  let bytes = 0
  const coordinator = new Coordinator<Settings, Output>({
    job,
    workers,
    channels: workers.map((_, index) => FIRST_CHANNEL + index),
    onOutput: (output, thread) => void outputs.push({ thread, output }),
    onProgress: (done) => {
      bytes = done
    },
    ...(job.members ? memberSource() : {}),
  })
  await coordinator.start()
  for (const { path, limit } of job.skipped) coordinator.noteSkipped(path, limit)
  const pulse = setInterval(
    () => control.json('pulse', { work: coordinator.work(), bytes, rss: process.memoryUsage.rss() }),
    PULSE_MS,
  )
  const guard = setTimeout(() => coordinator.stop('seconds'), job.limits.seconds * 1000)
  const end = await coordinator.run()
  clearTimeout(guard)
  if (end.exhausted !== undefined && job.threads > 1) {
    control.json('result', { again: true })
  } else {
    const ask = (worker: number, question: unknown) => coordinator.ask(worker, question)
    control.json('result', { value: await conclude(job.settings, outputs, end, ask) })
  }
  clearInterval(pulse)
  // Every result is out; tidying up would only cost time.
  process.exit(0)
}

/**
 * The sandbox's workers, as many as its parent asks for; none where this is one of them. They load at the same time as
 * the main thread, when they are started before it loads anything large.
 * @param script path of the script that calls this
 */
export function startWorkers(script: string): readonly Promise<Worker>[] {
  return isMainThread
    ? Array.from({ length: Number(process.argv[THREADS_ARGUMENT]) }, () => startWorker(script))
    : []
}

async function startWorker(script: string): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { env: {}, stdin: false })
    worker.once('message', () => resolve(worker))
    worker.once('error', reject)
  })
}

/** Members of the release's directories, as the parent sends them, a bundle at a time. */
function memberSource(): { source: () => BundleTask | undefined; sourceKey: () => string } {
  const key = createHash('sha256').update('report key')
  let ended = false
  let waiting: { directory: string; meta: EntryMeta; content: Buffer } | undefined

  function nextMember(): typeof waiting {
    const head = waiting ? undefined : readFrame(INPUT)
    if (waiting) {
      const member = waiting
      waiting = undefined
      return member
    }
    if (head?.kind !== 'entry') return undefined
    const { directory, meta, size } = JSON.parse(head.payload.toString('utf8')) as {
      directory: string
      meta: EntryMeta
      size: number
    }
    return {
      directory,
      meta,
      content: size > 0 ? (readFrame(INPUT)?.payload ?? Buffer.alloc(0)) : Buffer.alloc(0),
    }
  }

  function nextBundle(): BundleTask | undefined {
    if (ended) return undefined
    const members: { meta: EntryMeta; content: Buffer }[] = []
    let directory: string | undefined
    let size = 0
    while (size < BUNDLE_BYTES && members.length < BUNDLE_MEMBERS) {
      const member = nextMember()
      if (!member) {
        ended = true
        break
      }
      if (directory !== undefined && member.directory !== directory) {
        waiting = member
        break
      }
      directory = member.directory
      members.push(member)
      key.update(member.content)
      size += member.content.length
    }
    return directory === undefined ? undefined : bundle(directory, members, size)
  }

  return { source: nextBundle, sourceKey: () => key.digest('hex') }
}

function bundle(
  directory: string,
  members: readonly { meta: EntryMeta; content: Buffer }[],
  size: number,
): BundleTask {
  const buffer = new SharedArrayBuffer(size)
  const whole = new Uint8Array(buffer)
  let start = 0
  const placed = members.map(({ meta, content }) => {
    whole.set(content, start)
    start += content.length
    return { meta, start: start - content.length, size: content.length }
  })
  return { task: 'bundle', directory, buffer, members: placed }
}
