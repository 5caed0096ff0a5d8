import type { Bytes, StreamEnd } from '@messlatte/bytes'
import { BytesError, DecodeError, mappedBytes, memoryBytes } from '@messlatte/bytes'
import type { DamageNote } from '@messlatte/model'
import {
  type ContainerFormat,
  type EntryMeta,
  FormatError,
  type KeyMaterial,
  type Region,
  type Sink,
} from '../contract.ts'
import { copyStretch } from '../formats/members.ts'

/** What a container gave: every member, the contents of its files, and what was wrong. */
export interface Collected {
  readonly region: Region
  readonly entries: readonly EntryMeta[]
  readonly contents: ReadonlyMap<string, Buffer>
  /** Where contents end that lie in the source as they are. */
  readonly slices: ReadonlyMap<string, number>
  readonly problems: readonly Problem[]
  /** Batches that `open` listed. */
  readonly batches: number
}

export interface Problem {
  readonly code: DamageNote['code']
  readonly message: string
  readonly path?: string | undefined
}

/** More than any fixture holds; a reader that makes more of one has no bound. */
export const MAX_CONTENT = 32 * 1024 * 1024
export const MAX_ENTRIES = 100_000

/** What tells a test that a reader took more than its input can justify. */
export class Unbounded extends Error {}

export function isTyped(error: unknown): error is FormatError | BytesError | DecodeError {
  return error instanceof FormatError || error instanceof BytesError || error instanceof DecodeError
}

/** Reads a container as the engine does: what one member throws costs that member. */
export function collect<Plan>(
  format: ContainerFormat<Plan>,
  content: Uint8Array | Bytes,
  region?: Region,
  keys: readonly KeyMaterial[] = [],
): Collected {
  const bytes = content instanceof Uint8Array ? memoryBytes(content) : content
  const found = region ?? format.recognise(bytes, 0)
  if (!found) throw new FormatError('structure', `not recognised as ${format.name}`)
  const entries: EntryMeta[] = []
  const contents = new Map<string, Buffer>()
  const slices = new Map<string, number>()
  const problems: Problem[] = []
  const sink = collectingSink(bytes, found, { entries, contents, slices, problems }, keys)
  const batches = readBatches(format, bytes, found, sink)
  return { region: found, entries, contents, slices, problems, batches }
}

/** Lets a container give all that it holds to `sink`, and tells how many batches that took. */
export function readBatches<Plan>(
  format: ContainerFormat<Plan>,
  bytes: Bytes,
  region: Region,
  sink: Sink,
): number {
  let batches = 0
  try {
    for (const batch of format.open(bytes, region, sink.problem, sink.keys)) {
      batches++
      if (batches > MAX_ENTRIES) throw new Unbounded('batches')
      // Plans travel between threads.
      guarded(sink.problem, undefined, () => format.read(bytes, region, structuredClone(batch.plan), sink))
    }
  } catch (error) {
    note(sink.problem, undefined, error)
  }
  return batches
}

interface Growing {
  readonly entries: EntryMeta[]
  readonly contents: Map<string, Buffer>
  readonly slices: Map<string, number>
  readonly problems: Problem[]
}

function collectingSink(
  bytes: Bytes,
  region: Region,
  { entries, contents, slices, problems }: Growing,
  keys: readonly KeyMaterial[],
): Sink {
  const problem: Sink['problem'] = (code, message, path) => {
    problems.push({ code, message, path })
    if (problems.length > MAX_ENTRIES) throw new Unbounded('problems')
  }

  function add(meta: EntryMeta, content?: Buffer): void {
    if (entries.push(meta) > MAX_ENTRIES) throw new Unbounded('entries')
    if (content) contents.set(meta.path, content)
  }

  return {
    problem,
    spend() {},
    keys,
    entry: (meta) => add(meta),
    file(meta, size, fill) {
      guarded(problem, meta.path, () => {
        if (!(size <= MAX_CONTENT)) throw new FormatError('unsupported', `${size} bytes`)
        const out = Buffer.alloc(size)
        fill(out)
        add(meta, out)
      })
    },
    slice(meta, at, length) {
      guarded(problem, meta.path, () => {
        if (at < region.start || at + length > region.end)
          throw new Error(`${meta.path} lies outside of its region`)
        add(meta, Buffer.from(bytes.view(at, length)))
        slices.set(meta.path, at + length)
      })
    },
    mapped(meta, size, extents) {
      guarded(problem, meta.path, () => {
        if (!(size <= MAX_CONTENT)) throw new FormatError('unsupported', `${size} bytes`)
        const out = Buffer.alloc(size)
        copyStretch(mappedBytes(bytes, size, extents), 0, out)
        add(meta, out)
      })
    },
    stream(meta, decode) {
      guarded(problem, meta.path, () => {
        const { content, end } = collectStream(decode)
        if (end.problem) problem('structure', end.problem.message, meta.path)
        add(meta, content)
      })
    },
  }
}

/** What a decoder writes, up to a bound. */
export function collectStream(decode: (write: (chunk: Uint8Array) => void) => StreamEnd): {
  readonly content: Buffer
  readonly end: StreamEnd
} {
  const chunks: Buffer[] = []
  let size = 0
  const end = decode((chunk) => {
    size += chunk.length
    if (size > MAX_CONTENT) throw new FormatError('unsupported', 'more than a test takes')
    chunks.push(Buffer.from(chunk))
  })
  return { content: Buffer.concat(chunks), end }
}

export function guarded(problem: Sink['problem'], path: string | undefined, attempt: () => void): void {
  try {
    attempt()
  } catch (error) {
    note(problem, path, error)
  }
}

function note(problem: Sink['problem'], path: string | undefined, error: unknown): void {
  if (!isTyped(error)) throw error
  problem(error instanceof FormatError ? error.code : 'structure', error.message, path)
}
