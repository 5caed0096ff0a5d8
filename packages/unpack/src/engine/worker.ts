import { createHash } from 'node:crypto'
import { deserialize } from 'node:v8'
import type { MessagePort } from 'node:worker_threads'
import {
  type Bytes,
  type Extent,
  fileBytes,
  isJoined,
  isMapped,
  joinedBytes,
  type MappedBytes,
  mappedBytes,
  memoryBytes,
  sliceBytes,
  wholeOf,
} from '@messlatte/bytes'
import type { Format } from '../contract.ts'
import { digestOf } from '../digest.ts'
import { BudgetError, Counters } from '../limits.ts'
import type { Visitor } from '../visitor.ts'
import { Walk } from '../walk.ts'
import { tellBatches } from './batches.ts'
import { type Channel, openChannel } from './channel.ts'
import { extentsIn, sharedExtents } from './extents.ts'
import type { FromWorker, Job, Reference, Task, ToWorker } from './protocol.ts'

/** What a kind of run does with what the walk finds, in one thread. */
export interface Mapper<Output> {
  readonly visitor: Visitor
  /** What was collected since the last call; plain data. */
  take(): Output | undefined
  /** @throws BudgetError where `work` says that it is too much */
  answer?(ask: unknown, work: Pick<Counters, 'addBytes'>): unknown
}

export interface WorkerParts<Settings, Output> {
  readonly formats: readonly Format[]
  /** @param work what the run may still cost */
  readonly createMapper: (settings: Settings, work: Pick<Counters, 'addWritten'>) => Mapper<Output>
  /** Gives up every right that reading needs no more; called before the first hostile byte. */
  readonly dropRights: () => void
}

/** Bytes in more pieces stay on the thread that has them: every task reads all of its pieces. */
const MOST_EXTENTS = 65_536
/** The same for pieces that every task carries. */
const MOST_CARRIED = 2048

/** Serves one coordinator: loads, waits for the job, gives up its rights, then does tasks one after the other. */
export function serveWorker<Settings, Output>(port: MessagePort, parts: WorkerParts<Settings, Output>): void {
  const send = (message: FromWorker<Output>) => port.postMessage(message)
  let perform: ((id: number, task: Task) => void) | undefined
  port.on('message', (message: ToWorker<Settings>) => {
    if (message.to === 'start') {
      parts.dropRights()
      perform = performer(message.job, message.counters, openChannel(message.channel), parts, send)
      send({ from: 'ready' })
    } else {
      perform?.(message.id, message.task)
    }
  })
  send({ from: 'loaded' })
}

function performer<Settings, Output>(
  job: Job<Settings>,
  shared: SharedArrayBuffer,
  channel: Channel,
  parts: WorkerParts<Settings, Output>,
  send: (message: FromWorker<Output>) => void,
): (id: number, task: Task) => void {
  const files = job.files.map((file) => fileBytes(file.descriptor, file.size))
  const counters = new Counters(job.limits, shared)
  const mapper = parts.createMapper(job.settings, counters)
  const walk = new Walk({
    formats: parts.formats,
    limits: job.limits,
    counters,
    visitor: mapper.visitor,
    keys: job.keys.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') })),
    skip: new Set(job.skip),
    now: (path) => channel.json('now', path),
    later: {
      content({ bytes, ...content }) {
        const reference = referenceTo(bytes, files)
        if (!reference) return false
        send({ from: 'more', tasks: [{ ...content, task: 'content', reference }] })
        return true
      },
      batches(work, batches) {
        const reference = referenceTo(work.bytes, files)
        return reference
          ? tellBatches(work, reference, batches, job.limits.entries, (tasks) =>
              send({ from: 'more', tasks }),
            )
          : 'none'
      },
      part({ bytes, ...part }) {
        const reference = referenceTo(bytes, files)
        if (!reference) return false
        send({ from: 'part', part: { ...part, reference } })
        return true
      },
    },
  })

  function run(task: Task): unknown {
    switch (task.task) {
      case 'file': {
        const file = job.files[task.index] as Job<Settings>['files'][number]
        return walk.releaseFile(file.name, files[task.index] as Bytes, file.directory)
      }
      case 'digest':
        return { sha256: digestOf(files[task.index] as Bytes), key: keyOf(files[task.index] as Bytes) }
      case 'content': {
        const { task: _task, reference, ...content } = task
        return walk.deferredContent({ ...content, bytes: bytesOf(reference, files) })
      }
      case 'batch':
        return walk.deferredBatch(
          {
            path: task.path,
            format: task.format,
            depth: task.depth,
            region: task.region,
            bytes: bytesOf(task.reference, files),
          },
          deserialize(task.plan),
        )
      case 'parts':
        return walk.heldParts({
          ...task,
          parts: task.parts.map(({ reference, ...part }) => ({ ...part, bytes: bytesOf(reference, files) })),
        })
      case 'bundle': {
        const whole = new Uint8Array(task.buffer)
        for (const { meta, start, size } of task.members) {
          const content = meta.type === 'file' ? memoryBytes(whole.subarray(start, start + size)) : undefined
          walk.releaseEntry(task.directory, meta, content)
        }
        return undefined
      }
      case 'ask':
        return mapper.answer?.(task.ask, counters)
    }
  }

  return (id, task) => {
    try {
      const result = run(task)
      channel.json('now', '')
      send({ from: 'done', id, tally: walk.takeTally(), output: mapper.take(), result })
    } catch (error) {
      if (error instanceof BudgetError) {
        send({ from: 'budget', id, limit: error.limit, tally: walk.takeTally(), output: mapper.take() })
      } else {
        send({
          from: 'failed',
          id,
          message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        })
      }
    }
  }
}

/** Follows from the content, but not from anything that a report shows: who has only the report cannot compute it. */
function keyOf(bytes: Bytes): string {
  const ends = Math.min(bytes.size, 1024 * 1024)
  return createHash('sha256')
    .update('report key')
    .update(bytes.view(0, ends))
    .update(bytes.view(bytes.size - ends, ends))
    .digest('hex')
}

function referenceTo(bytes: Bytes, files: readonly Bytes[]): Reference | undefined {
  const { whole, start } = wholeOf(bytes)
  const index = files.indexOf(whole)
  if (index >= 0) return { kind: 'file', index, start, size: bytes.size }
  if (bytes.size === 0) return undefined
  if (isMapped(whole)) {
    const extents = travelling(whole)
    const source = extents && referenceTo(whole.source, files)
    return source && { kind: 'mapped', source, extents, whole: whole.size, start, size: bytes.size }
  }
  if (isJoined(whole)) {
    const parts = whole.joined.flatMap((part) => referenceTo(part, files) ?? [])
    if (parts.length < whole.joined.length || parts.length > MOST_CARRIED) return undefined
    return { kind: 'joined', parts, start, size: bytes.size }
  }
  const view = whole.view(0, 1)
  if (!(view.buffer instanceof SharedArrayBuffer)) return undefined
  return { kind: 'shared', buffer: view.buffer, start: view.byteOffset + start, size: bytes.size }
}

const shared = new WeakMap<MappedBytes, SharedArrayBuffer>()

/** The extents as tasks have them; none where there are too many. */
function travelling(mapped: MappedBytes): SharedArrayBuffer | readonly Extent[] | undefined {
  const { extents } = mapped
  if (extents.length > MOST_EXTENTS) return undefined
  const buffer = shared.get(mapped) ?? sharedExtents(extents)
  if (buffer) shared.set(mapped, buffer)
  return buffer ?? (extents.length <= MOST_CARRIED ? extents : undefined)
}

function bytesOf(reference: Reference, files: readonly Bytes[]): Bytes {
  const { kind, start, size } = reference
  switch (kind) {
    case 'file':
      return sliceBytes(files[reference.index] as Bytes, start, size)
    case 'shared':
      return memoryBytes(new Uint8Array(reference.buffer, start, size))
    case 'mapped': {
      const source = bytesOf(reference.source, files)
      const { extents, whole } = reference
      const told = extents instanceof SharedArrayBuffer ? extentsIn(extents) : extents
      return sliceBytes(mappedBytes(source, whole, told), start, size)
    }
    case 'joined':
      return sliceBytes(joinedBytes(reference.parts.map((part) => bytesOf(part, files))), start, size)
  }
}
