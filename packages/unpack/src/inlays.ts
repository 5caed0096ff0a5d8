import type { Region } from './contract.ts'

/** A part of a stretch: what an inlaid structure takes of it carries that structure's name. */
export interface Part extends Region {
  readonly inlaid?: string
}

type Inlay = Required<Part>

/** The inlaid structures of one content, in ascending order and without overlaps. */
export class Inlays {
  #settled: Inlay[] = []
  #fresh: Inlay[] = []

  /** Regions are appended in ascending order between two calls of `settle`. */
  append(inlaid: string, { start, end }: Region): void {
    this.#fresh.push({ inlaid, start, end })
  }

  /** Puts what came since the last call in its place; of two that overlap the earlier one stays. */
  settle(): void {
    if (this.#fresh.length === 0) return
    const all = [...this.#settled, ...this.#fresh].sort((a, b) => a.start - b.start)
    this.#fresh = []
    this.#settled = []
    for (const inlay of all) if (inlay.start >= (this.#settled.at(-1)?.end ?? 0)) this.#settled.push(inlay)
  }

  /** Whether one of them lies over that place. */
  hold(at: number): boolean {
    const before = this.#settled[this.#firstBehind(at) - 1]
    return (before !== undefined && at < before.end) || at < (this.#fresh.at(-1)?.end ?? 0)
  }

  /** A stretch, part by part: what lies in it, and what lies between. */
  *split({ start, end }: Region): Generator<Part> {
    let done = start
    for (let next = this.#firstBehind(start - 1); next < this.#settled.length; next++) {
      const inlay = this.#settled[next] as Inlay
      if (inlay.end > end) break
      if (inlay.start > done) yield { start: done, end: inlay.start }
      yield inlay
      done = inlay.end
    }
    if (done < end) yield { start: done, end }
  }

  /** Of the first one that begins behind that place. */
  #firstBehind(at: number): number {
    let low = 0
    let high = this.#settled.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#settled[middle] as Inlay).start <= at) low = middle + 1
      else high = middle
    }
    return low
  }
}
