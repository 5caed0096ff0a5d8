import { memoryBytes } from '@messlatte/bytes'
import type { Format } from '../contract.ts'
import { attempt } from '../testing/attempt.ts'
import { MAX_CONTENT } from '../testing/collect.ts'

/** Milliseconds that one input may take, of the processor's time. */
const SLOW = 2000
/** Calls that a finding tells. */
const STACK = 10

/** An input that a reader does not stand. */
export interface Finding {
  readonly content: Buffer
  readonly message: string
}

/** Tries a reader on one input after the other, and notes what it does not stand. */
export class Trial {
  readonly #format: Format
  readonly findings: Finding[] = []
  /** Inputs that were tried; what runs again is not counted. */
  executions = 0
  /** Bytes of the largest content that came out. */
  largest = 0
  /** Bytes of one content from which on it is refused. */
  mostContent: number

  constructor(format: Format, mostContent = MAX_CONTENT) {
    this.#format = format
    this.mostContent = mostContent
  }

  tryOut(content: Buffer): void {
    this.executions++
    const started = performance.now()
    try {
      this.largest = Math.max(this.largest, attempt(this.#format, content, this.mostContent))
    } catch {
      this.findings.push({ content: Buffer.from(content), message: this.#faultOf(content) })
      return
    }
    // The engine collects its garbage in somebody's time, and other programs have theirs: what is slow is slow by itself.
    if (performance.now() - started > SLOW && this.#processorTimeFor(content) > SLOW)
      this.findings.push({ content: Buffer.from(content), message: `takes over ${SLOW} ms` })
  }

  runAgain(content: Buffer): void {
    try {
      attempt(this.#format, content, this.mostContent)
    } catch {
      // It was noted when it ran for the first time.
    }
  }

  isRecognised(content: Buffer): boolean {
    try {
      return Boolean(this.#format.recognise(memoryBytes(content), 0))
    } catch {
      return false
    }
  }

  millisecondsFor(content: Buffer): number {
    const started = performance.now()
    this.runAgain(content)
    return performance.now() - started
  }

  #processorTimeFor(content: Buffer): number {
    const before = process.cpuUsage()
    this.runAgain(content)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }

  #faultOf(content: Buffer): string {
    Error.stackTraceLimit = STACK
    try {
      attempt(this.#format, content, this.mostContent)
      return 'does not fail again'
    } catch (error) {
      return error instanceof Error ? (error.stack ?? error.message) : String(error)
    } finally {
      Error.stackTraceLimit = 0
    }
  }
}

/** Most inputs end in an error, and to note where it was thrown takes longer than to find it. */
export function withoutStacks<T>(run: () => T): T {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return run()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}
