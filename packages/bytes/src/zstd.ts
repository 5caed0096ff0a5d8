import type { Bytes } from './bytes.ts'
import { type Core, lazyCores, SLACK } from './cores/core.ts'
import { wasm } from './cores/zstd.wasm.ts'
import { DecodeError, type StreamEnd } from './stream-end.ts'
import { Feed, roomBehind } from './window.ts'
import { isFrame, readFrameHeader, type ZstdFrame } from './zstd-header.ts'

interface ZstdExports {
  setup(): void
  startFrame(): void
  block(input: number, inputEnd: number, output: number, outputEnd: number, dictionary: number): number
  hashStart(): void
  hashAdd(at: number, end: number): void
  hashEnd(): number
  readonly gOut: WebAssembly.Global<'i32'>
}

const cores = lazyCores<ZstdExports>(wasm, (exports) => exports.setup())

const SKIPPABLE = 0x184d_2a50
const SKIPPABLE_HEADER = 8
const BLOCK_HEADER = 3
const CHECK = 4
/** No block holds more, in bytes, compressed or not. */
const MOST_BLOCK = 128 * 1024
/** A window in the core is at least so long, so that its contents are moved rarely. */
const LEAST_HISTORY = 1024 * 1024
/** Behind the core's tables and its literals. */
const BASE = 32_768 + MOST_BLOCK + SLACK
const OUT = BASE + MOST_BLOCK + SLACK

type Write = (chunk: Uint8Array) => void

/**
 * A Zstandard file (RFC 8878): frames, with skippable ones between. Every block is delivered when it is there, so that
 * memory is bounded by the window. `write` may throw to stop.
 */
export function zstdStream(source: Bytes, at: number, write: Write): StreamEnd {
  const feed = new Feed(source, at)
  let end = at
  let checked = false
  try {
    for (;;) {
      if (isFrame(feed.peek(4))) checked = decodeFrame(feed, write) || checked
      else if (!skipFrame(feed)) break
      end = feed.at
    }
    if (end === at) throw new DecodeError('corrupt', 'zstd: no frame')
    return { end, checksum: checked ? 'matches' : 'none' }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    const reached = code === 'truncated' ? source.size : Math.max(end, feed.at)
    return { end: reached, checksum: code === 'checksum' ? 'differs' : 'none', problem: { code, message } }
  }
}

/** @throws DecodeError when it is cut off */
function skipFrame(feed: Feed): boolean {
  const head = feed.peek(SKIPPABLE_HEADER)
  if (head.length < SKIPPABLE_HEADER) return false
  const data = new DataView(head.buffer, head.byteOffset, SKIPPABLE_HEADER)
  if ((data.getUint32(0, true) & 0xffff_fff0) >>> 0 !== SKIPPABLE) return false
  const size = SKIPPABLE_HEADER + data.getUint32(4, true)
  if (size > feed.left) throw cutOff()
  feed.at += size
  return true
}

function cutOff(): DecodeError {
  return new DecodeError('truncated', 'zstd: the data ends early')
}

function take(feed: Feed, length: number): Uint8Array {
  const view = feed.peek(length)
  if (view.length < length) throw cutOff()
  feed.at += length
  return view
}

/** One frame, up to behind its check. Says whether there was a check and it held. @throws DecodeError */
function decodeFrame(feed: Feed, write: Write): boolean {
  const frame = readFrameHeader(feed.peek(18))
  feed.at += frame.headerSize
  return cores.use((core) => decodeContent(feed, frame, core, write))
}

function decodeContent(feed: Feed, frame: ZstdFrame, core: Core<ZstdExports>, write: Write): boolean {
  const { exports } = core
  const history = Math.max(LEAST_HISTORY, Math.min(frame.window, frame.contentSize))
  const end = OUT + history + roomBehind(history) + MOST_BLOCK
  const view = core.memory(end + SLACK)
  const mostBlock = Math.min(MOST_BLOCK, frame.window)
  exports.startFrame()
  exports.hashStart()
  let out = OUT
  let size = 0
  for (let last = false; !last; ) {
    if (out + MOST_BLOCK > end) {
      view.copyWithin(OUT, out - history, out)
      out = OUT + history
    }
    const from = out
    const [a = 0, b = 0, c = 0] = take(feed, BLOCK_HEADER)
    last = (a & 1) === 1
    out = decodeBlock(feed, exports, view, (a >>> 1) & 3, (a >>> 3) | (b << 5) | (c << 13), from, mostBlock)
    size += out - from
    if (size > frame.contentSize) throw wrongSize(frame, size)
    if (frame.checked) exports.hashAdd(from, out)
    if (out > from) write(view.subarray(from, out))
  }
  checkEnd(feed, frame, size, exports)
  return frame.checked
}

/** @returns where the output ends @throws DecodeError */
function decodeBlock(
  feed: Feed,
  exports: ZstdExports,
  view: Uint8Array,
  type: number,
  size: number,
  out: number,
  most: number,
): number {
  if (type === 3 || size > most) throw new DecodeError('corrupt', 'zstd: a bad block header')
  if (type === 0) {
    view.set(take(feed, size), out)
    return out + size
  }
  if (type === 1) {
    view.fill(take(feed, 1)[0] as number, out, out + size)
    return out + size
  }
  const input = feed.peek(size)
  if (input.length < size) throw cutOff()
  view.set(input, BASE)
  view.fill(0, BASE + size, BASE + size + 16)
  const status = exports.block(BASE, BASE + size, out, out + most, OUT)
  if (status !== 0) throw new DecodeError('corrupt', 'zstd: a block is damaged')
  feed.at += size
  return exports.gOut.value
}

function wrongSize({ contentSize }: ZstdFrame, size: number): DecodeError {
  return new DecodeError('corrupt', `zstd: a frame of ${contentSize} bytes holds ${size}`)
}

function checkEnd(feed: Feed, frame: ZstdFrame, size: number, exports: ZstdExports): void {
  if (frame.contentSize !== Number.POSITIVE_INFINITY && size !== frame.contentSize)
    throw wrongSize(frame, size)
  if (!frame.checked) return
  const stored = take(feed, CHECK)
  const sum = new DataView(stored.buffer, stored.byteOffset, CHECK).getInt32(0, true)
  if (sum !== exports.hashEnd()) throw new DecodeError('checksum', 'zstd: the check of a frame differs')
}
