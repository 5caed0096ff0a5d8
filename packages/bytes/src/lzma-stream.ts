import type { Bytes } from './bytes.ts'
import { SLACK } from './cores/core.ts'
import { failure } from './lz.ts'
import { inputBase, type LzmaCore, type LzmaProperties, lzmaCores } from './lzma.ts'
import { DecodeError } from './stream-end.ts'
import { roomBehind } from './window.ts'
import { MOST_DICTIONARY, moveHistory } from './xz/stream.ts'

const INPUT = 256 * 1024
/** What one symbol reads at most, in bytes: with less at hand, more input is fetched first. */
const AHEAD = 64
const STEP = 1024 * 1024
const LEAST_HISTORY = 4 * 1024 * 1024

type Write = (chunk: Uint8Array) => void

/** What a raw LZMA1 stream does not say about itself. */
export interface LzmaStream {
  readonly properties: LzmaProperties
  /** Bytes. */
  readonly dictionary: number
  /** Bytes that come out; infinite where an end mark tells. */
  readonly size: number
}

/**
 * A raw LZMA1 stream of any length, without header or check. `write` may throw to stop.
 * @returns offset behind it
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function lzmaStream(source: Bytes, at: number, stream: LzmaStream, write: Write): number {
  return lzmaCores.use((core) => decode(core, source, at, stream, write))
}

function decode(
  core: LzmaCore,
  source: Bytes,
  start: number,
  { properties, dictionary, size }: LzmaStream,
  write: Write,
): number {
  const history = historySize(dictionary, size)

  const { exports } = core
  const base = inputBase(properties)
  const front = base + INPUT + SLACK
  const capacity = history + roomBehind(history) + STEP
  const view = core.memory(front + capacity + SLACK)
  const state = { out: front, dictionary: front, bias: front }
  exports.setProps(properties.lc, properties.lp, properties.pb)
  exports.resetState()

  let from = start
  let filled = fill(source, from, view, base)
  const begun = exports.initRange(base, base + filled)
  if (begun !== 0) throw failure('LZMA', begun)
  for (let left = size; left > 0; ) {
    if (state.out + STEP > front + capacity) moveHistory(view, front, history, state)
    const used = exports.gIn.value - base
    const last = from + filled === source.size
    if (!last && filled - used < INPUT / 2) {
      from += used
      filled = fill(source, from, view, base)
      exports.setInput(base)
    }
    const final = from + filled === source.size
    const limit = final ? base + filled : base + filled - AHEAD
    const status = exports.decode(
      limit,
      state.out,
      state.out + Math.min(STEP, left),
      state.dictionary,
      state.bias,
    )
    const missing = final && (status === 2 || exports.gIn.value > limit)
    const out = missing ? exports.gBefore.value : exports.gOut.value
    if (out > state.out) write(view.subarray(state.out, out))
    left -= out - state.out
    state.out = out
    if (missing) throw failure('LZMA', 2)
    if (status === 1) break
    if (status === 2) continue
    if (status !== 0) throw failure('LZMA', status)
  }
  return Math.min(source.size, from + endOf(core, base + filled, state, size) - base)
}

/** Where the input ends in the core's memory. Some encoders write an end mark although they state the size. */
function endOf(
  { exports }: LzmaCore,
  inputEnd: number,
  state: { readonly out: number; readonly dictionary: number; readonly bias: number },
  size: number,
): number {
  exports.finish()
  const end = exports.gIn.value
  if (size === Number.POSITIVE_INFINITY) return end
  const marked = exports.decode(inputEnd, state.out, state.out + 1, state.dictionary, state.bias) === 1
  exports.finish()
  return marked && exports.gIn.value <= inputEnd ? exports.gIn.value : end
}

function historySize(asked: number, size: number): number {
  const wanted = Math.min(asked, size)
  if (wanted > MOST_DICTIONARY)
    throw new DecodeError('unsupported', `LZMA: a dictionary of ${wanted} bytes is over ${MOST_DICTIONARY}`)
  return Math.max(wanted, LEAST_HISTORY)
}

/** Puts the next input into the core's memory, with zeros behind it. @returns bytes */
function fill(source: Bytes, from: number, view: Uint8Array, base: number): number {
  const size = Math.min(INPUT, source.size - from)
  view.set(source.view(from, size), base)
  view.fill(0, base + size, base + size + AHEAD)
  return size
}
