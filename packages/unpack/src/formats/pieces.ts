import type { Extent } from '@messlatte/bytes'
import type { EntryMeta, FormatErrorCode, Region, Sink } from '../contract.ts'

/** Told of what is wrong with a part; the rest still counts. */
export type Trouble = (code: FormatErrorCode, message: string) => void

/** A stretch of a file that lies as it is in the source, in bytes. */
export type Piece = Extract<Extent, { readonly from: number }>

/** A file in more pieces than any is. */
const MOST_PIECES = 1_000_000

/** Collects where a file lies: what follows on in both becomes one piece, what lies outside is told and left as zeros. */
export class Pieces {
  readonly list: Piece[] = []
  readonly #region: Region
  readonly #size: number
  readonly #trouble: Trouble

  /** @param size of the file: what lies behind it is left out */
  constructor(region: Region, size: number, trouble: Trouble) {
    this.#region = region
    this.#size = size
    this.#trouble = trouble
  }

  /** In ascending order; `from` counts in the source. False when there is no room for more. */
  add(at: number, length: number, from: number): boolean {
    const wanted = Math.min(length, this.#size - at)
    const there = Math.min(wanted, this.#region.end - from)
    const last = this.list.at(-1)
    if (wanted <= 0) return true
    if (from < this.#region.start || (last && at < last.at + last.length)) {
      this.#trouble('structure', 'a part of it has no place that could be right; it is shown as zeros')
      return true
    }
    if (there < wanted) this.#trouble('truncated', 'the image ends within it; the rest is shown as zeros')
    if (there <= 0) return true
    if (last && last.at + last.length === at && last.from + last.length === from)
      this.list[this.list.length - 1] = { ...last, length: last.length + there }
    else if (this.list.length < MOST_PIECES) this.list.push({ at, length: there, from })
    else {
      this.#trouble('unsupported', `over ${MOST_PIECES} pieces; the rest is shown as zeros`)
      return false
    }
    return true
  }
}

/** Shows a file: where it lies in one piece, as it is there; else put together without a copy, and holes as zeros. */
export function showPieces(meta: EntryMeta, size: number, pieces: readonly Piece[], sink: Sink): void {
  const [only, ...others] = pieces
  if (only && others.length === 0 && only.at === 0 && only.length === size) sink.slice(meta, only.from, size)
  else sink.mapped(meta, size, pieces)
}

/** Tells each kind of trouble once, when all is known. */
export function gathered(): {
  readonly trouble: Trouble
  tell(sink: Pick<Sink, 'problem'>, path: string): void
} {
  const found = new Map<FormatErrorCode, string>()
  return {
    trouble(code, message) {
      if (!found.has(code)) found.set(code, message)
    },
    tell(sink, path) {
      for (const [code, message] of found) sink.problem(code, message, path)
    },
  }
}
