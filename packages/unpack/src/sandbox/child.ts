import { createHash } from 'node:crypto'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import type { LimitName } from '@messlatte/model'
import type { EntryMeta } from '../contract.ts'
import { openChannel, readFrame } from '../engine/channel.ts'
import { Coordinator, type RunEnd } from '../engine/coordinator.ts'
import type { BundleTask, Job } from '../engine/protocol.ts'
import { serveWorker, type WorkerParts } from '../engine/worker.ts'

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

export interface ChildParts<Settings, Output> extends WorkerParts<Settings, Output> {
  /** The reduce phase, in the main thread: makes the result out of what the threads gave. */
  readonly conclude: (
    settings: Settings,
    outputs: readonly ThreadOutput<Output>[],
    end: RunEnd,
    ask: (worker: number, ask: unknown) => Promise<unknown>,
  ) => Promise<unknown>
}

const PULSE_MS = 100
const BUNDLE_BYTES = 4 * 1024 * 1024
const BUNDLE_MEMBERS = 500

/**
 * The sandbox's program, main thread and workers alike. All code is loaded and all workers run before the rights to
 * read files and to start workers are dropped, in every thread; only then the first hostile byte is read.
 * @param started in the main thread: what `startWorkers` gave; none in a worker
 */
export async function runChild<Settings, Output>(
  started: readonly Promise<Worker>[],
  parts: Omit<ChildParts<Settings, Output>, 'dropRights'>,
): Promise<void> {
  if (!isMainThread && parentPort) return serveWorker(parentPort, { ...parts, dropRights })
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
    control.json('result', { value: await parts.conclude(job.settings, outputs, end, ask) })
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

interface Permission {
  drop(scope: string): void
  has(scope: string): boolean
}

/** @throws when a right could not be given up: then nothing is read at all */
export function dropRights(): void {
  const permission = (process as unknown as { permission?: Permission }).permission
  if (!permission) throw new Error('the sandbox must run under the permission model')
  for (const right of ['worker', 'fs.read']) permission.drop(right)
  const left = ['fs.read', 'fs.write', 'worker', 'child', 'net', 'addon', 'inspector', 'wasi'].filter(
    (right) => permission.has(right),
  )
  if (left.length > 0) throw new Error(`the sandbox could not give up: ${left.join(', ')}`)
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
