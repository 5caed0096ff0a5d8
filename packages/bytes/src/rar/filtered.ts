import { DecodeError } from '../stream-end.ts'
import type { RarFilter } from './filters.ts'

interface Stretch {
  /** In all that comes out, in bytes. */
  readonly start: number
  readonly length: number
  /** Of the file in all that comes out. */
  readonly fileStart: number
  readonly filters: RarFilter[]
}

/** The archiver's own bound. */
const MOST_STRETCHES = 8192

/** Undoes filters on stretches of what comes out of a decoder; the decoder's own history stays as it is. */
export class Filtered {
  readonly #write: (chunk: Uint8Array) => void
  #stretches: Stretch[] = []
  #passed = 0
  #held = new Uint8Array(0)
  #filled = 0

  constructor(write: (chunk: Uint8Array) => void) {
    this.#write = write
  }

  /** A filter for what has not come out yet; filters for one stretch follow each other. @throws DecodeError */
  add(start: number, length: number, fileStart: number, filter: RarFilter): void {
    const last = this.#stretches.at(-1)
    if (last && last.start === start && last.length === length && last.filters.length < 32) {
      last.filters.push(filter)
      return
    }
    if (start < (last ? last.start + last.length : this.#passed))
      throw new DecodeError('corrupt', 'RAR: filters overlap')
    if (this.#stretches.length >= MOST_STRETCHES) throw new DecodeError('corrupt', 'RAR: too many filters')
    if (length > 0) this.#stretches.push({ start, length, fileStart, filters: [filter] })
  }

  take(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      const [stretch] = this.#stretches
      const until = stretch ? stretch.start - this.#passed : chunk.length
      if (until > 0) {
        const part = chunk.subarray(at, at + until)
        this.#passed += part.length
        at += part.length
        this.#write(part)
      } else if (stretch) at += this.#hold(chunk.subarray(at), stretch)
    }
  }

  /** Behind a file: no filter reaches over its end. @throws DecodeError */
  endOfFile(): void {
    if (this.#stretches.length > 0) throw new DecodeError('corrupt', 'RAR: a filter reaches over the end')
  }

  #hold(chunk: Uint8Array, { length, fileStart, start, filters }: Stretch): number {
    if (this.#held.length < length) this.#held = new Uint8Array(length)
    const part = chunk.subarray(0, length - this.#filled)
    this.#held.set(part, this.#filled)
    this.#filled += part.length
    this.#passed += part.length
    if (this.#filled === length) {
      this.#filled = 0
      this.#stretches.shift()
      let data = this.#held.subarray(0, length)
      for (const filter of filters) data = filter(data, start - fileStart) as typeof data
      this.#write(data)
    }
    return part.length
  }
}
