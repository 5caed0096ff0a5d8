import { readSync } from 'node:fs'

/** The longest view that anybody gets, in bytes. */
export const MAX_VIEW = 16 * 1024 * 1024

/**
 * Read-only, bounds-checked random access to bytes that may lie in memory, in shared memory or in a file.
 * A view stays valid for good; it may alias shared memory, so nobody writes into one.
 */
export interface Bytes {
  /** Bytes. */
  readonly size: number
  /** @throws BytesError `out-of-range` when any of it lies outside, `too-long` beyond MAX_VIEW */
  view(at: number, length: number): Uint8Array
  /** Fills `target` with the bytes at `at`: for passes over much, which must not allocate. @throws BytesError */
  copy(at: number, target: Uint8Array): void
}

export type BytesErrorCode = 'out-of-range' | 'too-long' | 'unreadable'

export class BytesError extends Error {
  readonly code: BytesErrorCode
  constructor(code: BytesErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'BytesError'
    this.code = code
  }
}

/** @throws BytesError `out-of-range`, `too-long` */
export function checkRange(size: number, at: number, length: number): void {
  if (!(at >= 0 && length >= 0 && at + length <= size)) {
    throw new BytesError('out-of-range', `bytes ${at} to ${at + length} lie outside of ${size}`)
  }
  if (length > MAX_VIEW) throw new BytesError('too-long', `a view of ${length} bytes is over ${MAX_VIEW}`)
}

/** Bytes that lie in (shared) memory. */
export function memoryBytes(content: Uint8Array): Bytes {
  return new MemoryBytes(content)
}

/** Every member of an image becomes one: a class makes its methods once. */
class MemoryBytes implements Bytes {
  readonly size: number
  readonly #content: Uint8Array

  constructor(content: Uint8Array) {
    this.size = content.length
    this.#content = content
  }

  view(at: number, length: number): Uint8Array {
    checkRange(this.size, at, length)
    return this.#content.subarray(at, at + length)
  }

  copy(at: number, target: Uint8Array): void {
    checkRange(this.size, at, target.length)
    target.set(this.#content.subarray(at, at + target.length))
  }
}

/** A part of other bytes; slices of slices collapse. */
export function sliceBytes(whole: Bytes, start: number, length: number): Bytes {
  if (!(start >= 0 && length >= 0 && start + length <= whole.size)) {
    throw new BytesError(
      'out-of-range',
      `a slice from ${start} of ${length} bytes lies outside of ${whole.size}`,
    )
  }
  if (start === 0 && length === whole.size) return whole
  return whole instanceof SliceBytes
    ? new SliceBytes(whole.whole, whole.start + start, length)
    : new SliceBytes(whole, start, length)
}

class SliceBytes implements Bytes {
  readonly whole: Bytes
  readonly start: number
  readonly size: number

  constructor(whole: Bytes, start: number, size: number) {
    this.whole = whole
    this.start = start
    this.size = size
  }

  view(at: number, length: number): Uint8Array {
    checkRange(this.size, at, length)
    return this.whole.view(this.start + at, length)
  }

  copy(at: number, target: Uint8Array): void {
    checkRange(this.size, at, target.length)
    this.whole.copy(this.start + at, target)
  }
}

/** What a slice is a slice of, and where it starts there; other bytes are their own whole. */
export function wholeOf(bytes: Bytes): { readonly whole: Bytes; readonly start: number } {
  return bytes instanceof SliceBytes ? bytes : { whole: bytes, start: 0 }
}

/** Whether views of it cost nothing. */
export function liesInMemory(bytes: Bytes): boolean {
  return wholeOf(bytes).whole instanceof MemoryBytes
}

const WINDOW = 128 * 1024
const WINDOWS_KEPT = 32

/**
 * Bytes of an open file, by positional reads. Small views are served from a few windows, because readers of
 * metadata ask for neighbouring bytes; a window that is dropped stays valid for whoever still holds a view of it.
 */
export function fileBytes(descriptor: number, size: number): Bytes {
  const windows = new Map<number, Uint8Array>()

  function windowAt(index: number): Uint8Array {
    const known = windows.get(index)
    if (known) return known
    const window = Buffer.allocUnsafeSlow(Math.min(WINDOW, size - index * WINDOW))
    readExactly(descriptor, index * WINDOW, window)
    const oldest = windows.size >= WINDOWS_KEPT ? windows.keys().next().value : undefined
    if (oldest !== undefined) windows.delete(oldest)
    windows.set(index, window)
    return window
  }

  return {
    size,
    view(at, length) {
      checkRange(size, at, length)
      const index = Math.floor(at / WINDOW)
      const offset = at - index * WINDOW
      if (length === 0) return new Uint8Array(0)
      if (offset + length <= WINDOW) return windowAt(index).subarray(offset, offset + length)
      const view = Buffer.allocUnsafeSlow(length)
      readExactly(descriptor, at, view)
      return view
    },
    copy(at, target) {
      checkRange(size, at, target.length)
      readExactly(descriptor, at, target)
    },
  }
}

function readExactly(descriptor: number, at: number, target: Uint8Array): void {
  for (let done = 0; done < target.length; ) {
    const got = readOnce(descriptor, target, done, at)
    // The file became shorter while we read it.
    if (got === 0) throw new BytesError('unreadable', `the file ended at ${at + done}`)
    done += got
  }
}

function readOnce(descriptor: number, buffer: Uint8Array, done: number, at: number): number {
  try {
    return readSync(descriptor, buffer, done, buffer.length - done, at + done)
  } catch (cause) {
    throw new BytesError('unreadable', `cannot read at ${at + done}`, cause)
  }
}
