import type { Bytes } from './bytes.ts'
import { type Core, lazyCores, SLACK } from './cores/core.ts'
import { wasm } from './cores/inflate.wasm.ts'
import { DecodeError } from './stream-end.ts'

interface InflateExports {
  reset(): void
  unused(): number
  run(
    input: number,
    inputEnd: number,
    final: number,
    output: number,
    outputEnd: number,
    dictionary: number,
  ): number
  readonly gIn: WebAssembly.Global<'i32'>
  readonly gOut: WebAssembly.Global<'i32'>
}

const cores = lazyCores<InflateExports>(wasm)

type Write = (chunk: Uint8Array) => void

const INPUT = 256 * 1024
/** A file of many small members must not fetch a whole window for each. */
const FIRST_INPUT = 4096
const BASE = 16_384
/** What the core holds of the input beyond what it used, in bytes. */
const AHEAD = 8
const HISTORY = 32 * 1024
const OUT = BASE + INPUT + SLACK
const CAPACITY = 1024 * 1024

/**
 * A raw DEFLATE stream (RFC 1951) of any length.
 * @returns offset behind it
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function inflateStream(source: Bytes, at: number, write: Write): number {
  return cores.use((core) => inflate(core, source, at, write))
}

function inflate({ exports, memory }: Core<InflateExports>, source: Bytes, at: number, write: Write): number {
  const view = memory(OUT + CAPACITY + SLACK)
  exports.reset()
  let from = at
  let input = BASE
  let filled = fill(source, from, view, FIRST_INPUT)
  let out = OUT
  let dictionary = OUT
  for (;;) {
    const final = from + filled >= source.size
    const status = exports.run(input, BASE + filled, final ? 1 : 0, out, OUT + CAPACITY, dictionary)
    input = exports.gIn.value
    const reached = exports.gOut.value
    if (reached > out) write(view.subarray(out, reached))
    out = reached
    // What was read ahead of the end is given back.
    const end = from + input - BASE - exports.unused()
    if (status === 1) {
      if (end > source.size) throw new DecodeError('truncated', 'deflate: the data ends early')
      return end
    }
    if (status === 3) throw new DecodeError('corrupt', 'deflate: the data is damaged')
    if (status === 2) {
      if (final) throw new DecodeError('truncated', 'deflate: the data ends early')
      // A stored block gives back what was read ahead of it, perhaps from before this window.
      view.copyWithin(BASE - AHEAD, input - AHEAD, input)
      from += input - BASE
      filled = fill(source, from, view, INPUT)
      input = BASE
    }
    if (out > OUT + CAPACITY - 1024) {
      view.copyWithin(OUT, out - HISTORY, out)
      out = OUT + HISTORY
      dictionary = OUT
    }
  }
}

function fill(source: Bytes, from: number, view: Uint8Array, most: number): number {
  const size = Math.max(0, Math.min(most, source.size - from))
  if (size > 0) view.set(source.view(from, size), BASE)
  view.fill(0, BASE + size, BASE + size + SLACK)
  return size
}
