import { type Bytes, latin1 } from '@messlatte/bytes'

const WINDOW = 64 * 1024
const LINE_FEED = 10

/** A line without its line feed; one that is longer than 64 KiB comes in pieces. */
export interface TextLine {
  /** Offset of its first byte. */
  readonly at: number
  /** Byte string. */
  readonly text: string
  /** Whether the line ends here, with a line feed or with the bytes. */
  readonly isEnded: boolean
  readonly hasFeed: boolean
}

/** Lines one after the other, from `start` to `end`. */
export class TextLines {
  at: number
  readonly #bytes: Bytes
  readonly #end: number
  #window: Buffer = Buffer.alloc(0)
  #from = 0

  constructor(bytes: Bytes, start: number, end: number) {
    this.#bytes = bytes
    this.at = start
    this.#end = Math.min(end, bytes.size)
  }

  /** Other lines of the same bytes. */
  within(start: number, end: number): TextLines {
    return new TextLines(this.#bytes, start, end)
  }

  /** Undefined at the end. */
  next(): TextLine | undefined {
    const { at } = this
    if (at >= this.#end) return undefined
    let feed = this.#feedBehind(at)
    if (feed < 0) {
      this.#load(at)
      feed = this.#feedBehind(at)
    }
    const stop = feed < 0 ? this.#from + this.#window.length : feed
    const text = latin1(this.#window.subarray(at - this.#from, stop - this.#from))
    this.at = feed < 0 ? stop : stop + 1
    return { at, text, isEnded: feed >= 0 || stop === this.#end, hasFeed: feed >= 0 }
  }

  #feedBehind(at: number): number {
    if (at < this.#from || at >= this.#from + this.#window.length) return -1
    const feed = this.#window.indexOf(LINE_FEED, at - this.#from)
    return feed < 0 ? -1 : this.#from + feed
  }

  #load(at: number): void {
    this.#from = at
    const view = this.#bytes.view(at, Math.min(WINDOW, this.#end - at))
    this.#window = Buffer.from(view.buffer, view.byteOffset, view.length)
  }
}
