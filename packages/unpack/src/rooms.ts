import { type Bytes, liesInMemory, memoryBytes } from '@messlatte/bytes'
import { LimitError, type Limits } from './limits.ts'
import { safely } from './safely.ts'

/** Bytes of the smallest room. */
const SMALLEST = 256 * 1024
/** Larger contents are not read into a room: they lie in memory that other threads can read. */
const LARGEST = 16 * 1024 * 1024
/** Members of a file of up to so many bytes are read whole; they are too small to be offered to other threads. */
const WORTH_LOADING = 1024 * 1024

/** Memory for contents, used again and again: each depth has its own, because a content is read while its members are. */
export class Rooms {
  readonly #limits: Limits
  readonly #byDepth: Uint8Array[] = []

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Room for one content, as the last one left it. @throws LimitError `artefact` */
  take(depth: number, size: number): Uint8Array {
    if (!(size <= this.#limits.artefact)) throw new LimitError('artefact', `${size} bytes`)
    if (size > LARGEST) return new Uint8Array(new SharedArrayBuffer(size))
    let room = this.#byDepth[depth]
    if (!room || room.length < size) {
      room = new Uint8Array(Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(size + 1))))
      this.#byDepth[depth] = room
    }
    return room.subarray(0, size)
  }

  /** A small member is looked at from several sides, and written: it is read from the file once. */
  load(bytes: Bytes, depth: number): Bytes {
    if (bytes.size > Math.min(WORTH_LOADING, this.#limits.artefact) || liesInMemory(bytes)) return bytes
    const content = this.take(depth, bytes.size)
    const isRead = safely(() => {
      bytes.copy(0, content)
      return true
    })
    return isRead ? memoryBytes(content) : bytes
  }
}

/** The bytes of a room for as long as anybody wants them, where every thread can read them. */
export function keptOf(content: Uint8Array): Uint8Array {
  if (content.buffer instanceof SharedArrayBuffer) return content
  const copy = new Uint8Array(new SharedArrayBuffer(content.length))
  copy.set(content)
  return copy
}
