import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Duplex } from 'node:stream'
import type { LimitName, Text } from '@messlatte/model'
import type { EntryMeta, KeyMaterial } from '../contract.ts'
import { type FrameKind, frameHeader, frameParser } from '../engine/channel.ts'
import type { ReleaseFile } from '../engine/protocol.ts'
import { type Limits, limitsFor } from '../limits.ts'
import { type ChildJob, FIRST_CHANNEL } from './main-thread.ts'

export type SandboxErrorCode = 'sandbox-failed' | 'sandbox-unavailable'

export class SandboxError extends Error {
  readonly code: SandboxErrorCode
  readonly text: Text
  constructor(code: SandboxErrorCode, text: Text, cause?: unknown) {
    super(text.en, { cause })
    this.name = 'SandboxError'
    this.code = code
    this.text = text
  }
}

/** A member of a directory of the release; contents are read by the parent, which never looks at them. */
export interface ReleaseMember {
  readonly directory: string
  readonly meta: EntryMeta
  readonly content: Uint8Array
}

export interface SandboxOptions<Settings> {
  /** What the sandbox starts with. */
  readonly script: string
  /** Further files that the script may read before it gives up its rights. */
  readonly code?: readonly string[]
  readonly files: readonly Omit<ReleaseFile, 'descriptor'>[]
  /** Open, read-only descriptors of the files, in their order. */
  readonly descriptors: readonly number[]
  readonly members?: (() => Iterable<ReleaseMember>) | undefined
  readonly limits: Limits
  /** What the user can decrypt. */
  readonly keys?: readonly KeyMaterial[]
  readonly settings: Settings
  /** False where nobody will see the digests of the files. */
  readonly digests?: boolean
  readonly onProgress?: (bytes: number) => void
  /** The one folder to which the sandbox may write: absolute, without links in it. None where it is left out. */
  readonly folder?: string
  /** Told before each attempt. */
  readonly onAttempt?: () => void
}

interface Skipped {
  readonly path: string
  readonly limit: LimitName
}

type Attempt =
  | { readonly end: 'value'; readonly value: unknown }
  | { readonly end: 'again' }
  | {
      readonly end: 'lost'
      readonly limit: LimitName
      readonly paths: readonly string[]
      readonly stderr: string
    }

/**
 * Compiled code that the sandbox kept is of use under the same flags only, and so is what Node has of its own modules:
 * most other flags make each thread compile those anew.
 */
export const V8_FLAGS: readonly string[] = [
  '--max-semi-space-size=16',
  // Threads that work for a second need not find out that they want it.
  '--min-semi-space-size=16',
]

/** Regions that may be left out before we give up on a release. */
const ATTEMPTS = 8
/** Bytes. */
const SMALL = 1024 * 1024
const STALL_MS = 60_000
const WATCH_MS = 50

/**
 * Runs a job in a child process without rights, and again without the region that made it crash, stall or outgrow its
 * memory. The result is whatever the child's reduce phase made.
 * @throws SandboxError
 */
export async function runInSandbox<Settings>(options: SandboxOptions<Settings>): Promise<unknown> {
  const skipped: Skipped[] = []
  let threads = threadsFor(sizeOf(options))
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const outcome = await runOnce(options, threads, skipped)
    switch (outcome.end) {
      case 'value':
        return outcome.value
      case 'again':
        threads = 1
        break
      case 'lost':
        if (threads > 1 && outcome.limit === 'memory') {
          // Two threads may have needed together what one after the other does not.
          threads = 1
          break
        }
        if (outcome.paths.length === 0) {
          throw new SandboxError(
            'sandbox-failed',
            outcome.limit === 'memory'
              ? {
                  en: 'reading this needs more memory than is allowed; raise --memory',
                  de: 'dies zu lesen braucht mehr Speicher, als erlaubt ist; --memory erhöhen',
                }
              : {
                  en: `the sandbox ended without a result (${outcome.limit}): ${outcome.stderr.slice(0, 2000)}`,
                  de: `die Sandbox endete ohne Ergebnis (${outcome.limit}): ${outcome.stderr.slice(0, 2000)}`,
                },
          )
        }
        skipped.push(...outcome.paths.map((path) => ({ path, limit: outcome.limit })))
    }
  }
  const leftOut = skipped.map((one) => one.path).join(', ')
  throw new SandboxError('sandbox-failed', {
    en: `gave up after ${ATTEMPTS} attempts; left out: ${leftOut}`,
    de: `nach ${ATTEMPTS} Versuchen aufgegeben; ausgelassen: ${leftOut}`,
  })
}

async function runOnce<Settings>(
  options: SandboxOptions<Settings>,
  threads: number,
  skipped: readonly Skipped[],
): Promise<Attempt> {
  options.onAttempt?.()
  const child = startedChild(options, threads)
  const ended = endOf(child)
  const pipe = (index: number) => child.stdio[index] as Duplex
  const nows: string[] = []
  let stderr = ''
  let result: { again?: true; value?: unknown } | undefined
  let lost: LimitName = 'crash'
  let work = ''
  let since = Date.now()
  let watch: NodeJS.Timeout | undefined
  let failure: SandboxError | undefined

  /** Without an end of the child nobody would ever come back from here. */
  function fail(cause: unknown): void {
    failure ??= failedBy(cause)
    child.kill('SIGKILL')
  }

  function guarded(step: () => void): void {
    try {
      step()
    } catch (cause) {
      fail(cause)
    }
  }

  function end(limit: LimitName): void {
    lost = limit
    child.kill('SIGKILL')
  }

  function checkMemory(rss: number): void {
    if (rss > options.limits.memory) end('memory')
  }

  function take(kind: FrameKind, payload: Buffer): void {
    const message = JSON.parse(payload.toString('utf8'))
    if (kind === 'result') result = message
    if (kind !== 'pulse') return
    if (message.work !== work) since = Date.now()
    work = message.work
    options.onProgress?.(message.bytes)
    checkMemory(message.rss)
  }

  function listen(index: number, onFrame: (kind: FrameKind, payload: Buffer) => void): void {
    const parse = frameParser(onFrame)
    pipe(index).on('data', (piece: Buffer) => guarded(() => parse(piece)))
  }

  guarded(() => {
    child.stderr?.on('data', (piece: Buffer) => {
      stderr = (stderr + piece.toString('utf8')).slice(-10_000)
    })
    listen(3, take)
    for (let thread = 0; thread < threads; thread++) {
      listen(FIRST_CHANNEL + thread, (kind, payload) => {
        if (kind === 'now') nows[thread] = JSON.parse(payload.toString('utf8')) as string
      })
    }
    watch = setInterval(() => {
      checkMemory(residentBytes(child.pid))
      if (Date.now() - since > STALL_MS) end('seconds')
    }, WATCH_MS)
    feed(pipe(4), options, threads, skipped).catch(fail)
  })
  await ended.finally(() => clearInterval(watch))

  if (failure) throw failure
  if (result?.again) return { end: 'again' }
  if (result && 'value' in result) return { end: 'value', value: result.value }
  return { end: 'lost', limit: lost, paths: [...new Set(nows.filter((path) => path))], stderr }
}

/** @throws SandboxError */
function startedChild<Settings>(options: SandboxOptions<Settings>, threads: number): ChildProcess {
  try {
    return startChild(options, threads)
  } catch (cause) {
    throw notStarted(cause)
  }
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => reject(notStarted(cause)))
    child.once('close', () => resolve())
  })
}

function notStarted(cause: unknown): SandboxError {
  return new SandboxError(
    'sandbox-unavailable',
    { en: 'the sandbox did not start', de: 'die Sandbox ist nicht gestartet' },
    cause,
  )
}

function failedBy(cause: unknown): SandboxError {
  const message = cause instanceof Error ? cause.message : String(cause)
  return new SandboxError(
    'sandbox-failed',
    {
      en: `the exchange with the sandbox failed: ${message}`,
      de: `der Austausch mit der Sandbox ist gescheitert: ${message}`,
    },
    cause,
  )
}

function startChild<Settings>(options: SandboxOptions<Settings>, threads: number): ChildProcess {
  const pipes = Array.from({ length: 2 + threads }, () => 'pipe' as const)
  return spawn(
    process.execPath,
    [
      '--permission',
      '--allow-worker',
      ...[options.script, ...(options.code ?? [])].map((path) => `--allow-fs-read=${path}`),
      ...(options.folder === undefined ? [] : [`--allow-fs-write=${options.folder}`]),
      '--disable-warning=PERM0006',
      '--disable-warning=SecurityWarning',
      ...V8_FLAGS,
      options.script,
      String(threads),
    ],
    { env: {}, stdio: ['ignore', 'ignore', 'pipe', ...pipes, ...options.descriptors] },
  )
}

/** A thread costs more than it saves where there is little to read. @param size bytes of the release */
function threadsFor(size: number): number {
  return size < SMALL ? 1 : Math.max(2, Math.min(8, availableParallelism()))
}

/** Bytes of the release; of a directory that is streamed nobody knows them before, and it is large. */
function sizeOf<Settings>({ files, members }: SandboxOptions<Settings>): number {
  return members ? Number.POSITIVE_INFINITY : files.reduce((sum, { size }) => sum + size, 0)
}

async function feed<Settings>(
  input: Duplex,
  options: SandboxOptions<Settings>,
  threads: number,
  skipped: readonly Skipped[],
): Promise<void> {
  // A child that ends early closes its side; that is told by its exit.
  input.on('error', () => {})
  const job: ChildJob<Settings> = {
    files: options.files.map((file, index) => ({ ...file, descriptor: FIRST_CHANNEL + threads + index })),
    digests: options.digests ?? true,
    limits: limitsFor(options.limits, sizeOf(options)),
    skip: skipped.map((one) => one.path),
    keys: (options.keys ?? []).map(({ name, bytes }) => ({
      name,
      base64: Buffer.from(bytes).toString('base64'),
    })),
    settings: options.settings,
    threads,
    skipped,
    members: options.members !== undefined,
  }
  await write(input, 'job', Buffer.from(JSON.stringify(job)))
  for (const { directory, meta, content } of options.members?.() ?? []) {
    await write(input, 'entry', Buffer.from(JSON.stringify({ directory, meta, size: content.length })))
    if (content.length > 0) await write(input, 'content', content)
  }
  input.end()
}

async function write(input: Duplex, kind: FrameKind, payload: Uint8Array): Promise<void> {
  if (input.destroyed) return
  input.write(frameHeader(kind, payload.length))
  if (!input.write(payload)) {
    await new Promise<void>((resolve) => {
      const go = () => {
        input.off('drain', go)
        input.off('close', go)
        resolve()
      }
      input.on('drain', go)
      input.on('close', go)
    })
  }
}

/** Linux tells it in pages of 4 KiB at least; elsewhere the child's own pulse has to do. */
function residentBytes(pid: number | undefined): number {
  if (process.platform !== 'linux' || pid === undefined) return 0
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096
  } catch {
    return 0
  }
}
