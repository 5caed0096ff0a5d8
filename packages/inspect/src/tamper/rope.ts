import { type Bytes, BytesError, MAX_VIEW } from '@messlatte/bytes'

/** A stretch of the original, or bytes that were put in. */
type Piece = { readonly at: number; readonly size: number; readonly bytes?: Uint8Array }

/** What is not as in the original: `removed` bytes from `offset` on make room for others. */
export interface Change {
  /** Bytes from the start of the original. */
  readonly offset: number
  /** Bytes from the start of the changed file. */
  readonly newOffset: number
  readonly removed: number
  readonly inserted: Uint8Array
}

/**
 * A changed file as a plan: stretches of the original and the bytes between them. Nothing of the original is copied, so that
 * many variants of a large file cost nothing before they are written.
 */
export class Rope implements Bytes {
  readonly source: Bytes
  readonly size: number
  readonly #pieces: readonly Piece[]

  private constructor(source: Bytes, pieces: readonly Piece[]) {
    this.source = source
    this.#pieces = pieces
    this.size = pieces.reduce((sum, { size }) => sum + size, 0)
  }

  static of(source: Bytes): Rope {
    return new Rope(source, source.size > 0 ? [{ at: 0, size: source.size }] : [])
  }

  /** Takes bytes out and puts others in. @throws BytesError where they lie outside */
  splice(at: number, remove: number, insert: Uint8Array = new Uint8Array(0)): Rope {
    const put = insert.length > 0 ? [{ at: 0, size: insert.length, bytes: Uint8Array.from(insert) }] : []
    return new Rope(this.source, [...this.#between(0, at), ...put, ...this.#between(at + remove, this.size)])
  }

  /** Overwrites, without moving what follows. */
  write(at: number, bytes: Uint8Array): Rope {
    return this.splice(at, bytes.length, bytes)
  }

  /** Flips one bit. */
  flip(at: number, bit = 0x01): Rope {
    return this.write(at, Uint8Array.of((this.view(at, 1)[0] as number) ^ bit))
  }

  cut(size: number): Rope {
    return this.splice(size, this.size - size)
  }

  append(bytes: Uint8Array): Rope {
    return this.splice(this.size, 0, bytes)
  }

  #between(from: number, to: number): readonly Piece[] {
    this.#check(from, to - from)
    const kept: Piece[] = []
    let start = 0
    for (const piece of this.#pieces) {
      const [first, last] = [Math.max(from - start, 0), Math.min(to - start, piece.size)]
      if (first < last) kept.push(partOf(piece, first, last - first))
      start += piece.size
    }
    return kept
  }

  #check(at: number, length: number): void {
    if (!(at >= 0 && length >= 0 && at + length <= this.size))
      throw new BytesError('out-of-range', `bytes ${at} to ${at + length} lie outside of ${this.size}`)
  }

  view(at: number, length: number): Uint8Array {
    if (length > MAX_VIEW) throw new BytesError('too-long', `a view of ${length} bytes is over ${MAX_VIEW}`)
    const pieces = this.#between(at, at + length)
    const [only] = pieces
    if (pieces.length === 1 && only) return only.bytes ?? this.source.view(only.at, only.size)
    const target = new Uint8Array(length)
    this.copy(at, target)
    return target
  }

  copy(at: number, target: Uint8Array): void {
    let done = 0
    for (const { at: from, size, bytes } of this.#between(at, at + target.length)) {
      const room = target.subarray(done, done + size)
      if (bytes) room.set(bytes)
      else this.source.copy(from, room)
      done += size
    }
  }

  /** Where it differs from the original, in ascending order; none for what was put back as it was. */
  changes(): readonly Change[] {
    const changes: Change[] = []
    let [original, own] = [0, 0]
    let waiting: Uint8Array[] = []
    const close = (next: number) => {
      const inserted = Buffer.concat(waiting)
      waiting = []
      changes.push(
        ...trimmed(this.source, {
          offset: original,
          newOffset: own - inserted.length,
          removed: next - original,
          inserted,
        }),
      )
    }
    for (const { at, size, bytes } of this.#pieces) {
      if (bytes) waiting.push(bytes)
      else {
        close(at)
        original = at + size
      }
      own += size
    }
    close(this.source.size)
    return changes
  }
}

function partOf({ at, bytes }: Piece, first: number, size: number): Piece {
  return bytes ? { at: 0, size, bytes: bytes.subarray(first, first + size) } : { at: at + first, size }
}

/** Bytes that lie apart by more than so many equal ones are told apart. */
const NEAR = 8

/** Leaves out what is equal at both ends; what has kept its length is told byte by byte. */
function trimmed(source: Bytes, change: Change): readonly Change[] {
  const { offset, newOffset, removed, inserted } = change
  if (removed === 0 && inserted.length === 0) return []
  if (removed > MAX_VIEW) return [change]
  const old = source.view(offset, removed)
  if (removed !== inserted.length) {
    const shorter = Math.min(removed, inserted.length)
    let [front, back] = [0, 0]
    while (front < shorter && old[front] === inserted[front]) front++
    while (back < shorter - front && old[removed - 1 - back] === inserted[inserted.length - 1 - back]) back++
    return [
      {
        offset: offset + front,
        newOffset: newOffset + front,
        removed: removed - front - back,
        inserted: inserted.subarray(front, inserted.length - back),
      },
    ]
  }
  const runs: { from: number; to: number }[] = []
  for (let at = 0; at < removed; at++) {
    if (old[at] === inserted[at]) continue
    const last = runs.at(-1)
    if (last && at - last.to < NEAR) last.to = at + 1
    else runs.push({ from: at, to: at + 1 })
  }
  return runs.map(({ from, to }) => ({
    offset: offset + from,
    newOffset: newOffset + from,
    removed: to - from,
    inserted: inserted.subarray(from, to),
  }))
}
