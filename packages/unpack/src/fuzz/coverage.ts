import { type Profiler, Session } from 'node:inspector'

/** A stretch of a module's text. */
interface Stretch {
  readonly start: number
  readonly end: number
}

/** Text that ran, by module. */
export type Taken = ReadonlyMap<string, readonly Stretch[]>

/** V8's precise block coverage of the modules whose addresses contain one of `parts`. */
export interface Coverage {
  /** What ran since the last call. */
  take(): Taken
  end(): void
}

export function startCoverage(parts: readonly string[]): Coverage {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })

  return {
    take() {
      let result: readonly Profiler.ScriptCoverage[] = []
      session.post('Profiler.takePreciseCoverage', (error, taken) => {
        if (!error) result = taken.result
      })
      return new Map(
        result
          .filter(({ url }) => parts.some((part) => url.includes(part)))
          .map(({ url, functions }) => [url, functions.flatMap(({ ranges }) => ran(ranges))]),
      )
    },
    end() {
      session.post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}

/** A function's ranges are nested, and one within another says more: what is left of those that ran. */
function ran(ranges: readonly Profiler.CoverageRange[]): readonly Stretch[] {
  const stretches: Stretch[] = []
  let at = ranges[0]?.startOffset ?? 0
  const open: Profiler.CoverageRange[] = []

  function upTo(offset: number): void {
    if (offset > at && (open.at(-1)?.count ?? 0) > 0) stretches.push({ start: at, end: offset })
    at = Math.max(at, offset)
  }

  function close(offset: number): void {
    for (let last = open.at(-1); last && last.endOffset <= offset; last = open.at(-1)) {
      upTo(last.endOffset)
      open.pop()
    }
  }

  for (const range of ranges) {
    close(range.startOffset)
    upTo(range.startOffset)
    open.push(range)
  }
  close(Number.POSITIVE_INFINITY)
  return stretches
}

/** All that ever ran. */
export class Reached {
  readonly #modules = new Map<string, Uint8Array>()
  #characters = 0

  /** Characters of source text that ran at least once. */
  get characters(): number {
    return this.#characters
  }

  /** Whether something is among it that never ran before. */
  isNew(taken: Taken): boolean {
    for (const [url, stretches] of taken) {
      const known = this.#modules.get(url)
      for (const { start, end } of stretches) {
        if (!known || end > known.length) return true
        for (let i = start; i < end; i++) if (known[i] === 0) return true
      }
    }
    return false
  }

  add(taken: Taken): void {
    for (const [url, stretches] of taken) {
      const known = this.#room(url, Math.max(0, ...stretches.map(({ end }) => end)))
      for (const { start, end } of stretches) {
        for (let i = start; i < end; i++) {
          if (known[i] === 0) this.#characters++
          known[i] = 1
        }
      }
    }
  }

  #room(url: string, size: number): Uint8Array {
    const known = this.#modules.get(url)
    if (known && known.length >= size) return known
    const larger = new Uint8Array(size * 2)
    if (known) larger.set(known)
    this.#modules.set(url, larger)
    return larger
  }
}
