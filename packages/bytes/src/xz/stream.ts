import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Bytes } from '../bytes.ts'
import { SLACK } from '../cores/core.ts'
import { inputBase, type LzmaCore, lzmaCores } from '../lzma.ts'
import { DecodeError, type StreamEnd } from '../stream-end.ts'
import { Feed, roomBehind } from '../window.ts'
import { branchFilters } from './block.ts'
import { type Check, startCheck } from './check.ts'
import {
  type BlockHeader,
  blockHeaderSize,
  dictionarySize,
  type Filter,
  isStreamHeader,
  readBlockHeader,
  readNumber,
  readStreamFooter,
  readStreamHeader,
  STREAM_HEADER,
  type StreamFlags,
} from './container.ts'
import { createFilterChain } from './filter-chain.ts'
import {
  CHUNK_INPUT,
  CHUNK_OUTPUT,
  type ChunkHeader,
  chunkHeaderSize,
  decodeChunk,
  type Lzma2State,
  readChunkHeader,
} from './lzma2.ts'

/** Largest dictionary that is allocated, in bytes. */
export const MOST_DICTIONARY = 128 * 1024 * 1024
/** A dictionary in the core is at least so long, so that its contents are moved rarely. */
const LEAST_HISTORY = 4 * 1024 * 1024

const BASE = inputBase({ lc: 4, lp: 0, pb: 0 })

type Write = (chunk: Uint8Array) => void

/**
 * An .xz file: streams one behind the other, with padding between. What comes before damage is delivered; `write` may
 * throw to stop.
 */
export function xzStream(source: Bytes, at: number, write: Write): StreamEnd {
  const feed = new Feed(source, at)
  let sums: StreamEnd['checksum'] = 'none'
  let end = at
  try {
    do {
      if (decodeStream(feed, write)) sums = 'matches'
      end = feed.at
      skipStreamPadding(feed)
    } while (isStreamHeader(feed.peek(STREAM_HEADER)))
    return { end, checksum: sums }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    return {
      end: Math.max(end, feed.at),
      checksum: code === 'checksum' ? 'differs' : 'none',
      problem: { code, message },
    }
  }
}

/** What an index says about the blocks, in bounded memory: a file may have very many very small ones. */
class BlockSizes {
  #count = 0
  #digest = Buffer.alloc(0)

  /** @param unpadded bytes of header, data and check, without padding */
  add(unpadded: number, uncompressed: number): void {
    const record = Buffer.alloc(16)
    record.writeDoubleLE(unpadded, 0)
    record.writeDoubleLE(uncompressed, 8)
    this.#digest = hash('sha256', Buffer.concat([this.#digest, record]), 'buffer')
    this.#count++
  }

  get count(): number {
    return this.#count
  }

  equals(other: BlockSizes): boolean {
    return this.#count === other.#count && this.#digest.equals(other.#digest)
  }
}

/** One stream, up to behind its footer. Says whether checks were there and held. @throws DecodeError */
function decodeStream(feed: Feed, write: Write): boolean {
  const flags = readStreamHeader(take(feed, STREAM_HEADER))
  const sizes = new BlockSizes()
  let checked = false
  while (need(feed, 1)[0] !== 0) {
    const start = feed.at
    const header = readBlockHeader(take(feed, blockHeaderSize(need(feed, 1)[0] as number)))
    const { uncompressed, check } = lzmaCores.use((core) => decodeBlock(core, feed, header, flags, write))
    const unpadded = feed.at - start
    take(feed, (4 - (unpadded % 4)) % 4)
    const stored = take(feed, flags.checkSize)
    if (check && !check.equals(stored)) throw new DecodeError('checksum', 'xz: the check differs')
    checked ||= check !== undefined
    sizes.add(unpadded + flags.checkSize, uncompressed)
  }
  readIndex(feed, flags, sizes)
  return checked
}

/** The data of one block, up to its end mark. @throws DecodeError */
function decodeBlock(
  core: LzmaCore,
  feed: Feed,
  header: BlockHeader,
  flags: StreamFlags,
  write: Write,
): { uncompressed: number; check: Check | undefined } {
  const filters = branchFilters(header.filters)
  const check = startCheck(flags.check, core)
  const pending = filters.length > 0 ? createFilterChain(filters, delivery(core, check, write)) : undefined
  const uncompressed = decodeChunks(core, feed, historySize(header), (view, from, to) => {
    if (pending) {
      pending.add(view.subarray(from, to))
    } else {
      check?.update(view, from, to)
      write(view.subarray(from, to))
    }
  })
  pending?.end()
  return { uncompressed, check }
}

/**
 * A raw LZMA2 stream of any length. `write` may throw to stop.
 * @param dictionary bytes
 * @returns offset behind its end mark
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function lzma2Stream(source: Bytes, at: number, dictionary: number, write: Write): number {
  const feed = new Feed(source, at)
  const history = boundedHistory(dictionary)
  lzmaCores.use((core) =>
    decodeChunks(core, feed, history, (view, from, to) => write(view.subarray(from, to))),
  )
  return feed.at
}

/** LZMA2 chunks up to their end mark. @returns bytes that came out @throws DecodeError */
function decodeChunks(
  core: LzmaCore,
  feed: Feed,
  history: number,
  deliver: (view: Uint8Array, from: number, to: number) => void,
): number {
  const out = BASE + CHUNK_INPUT + SLACK
  const size = history + roomBehind(history) + CHUNK_OUTPUT
  const view = core.memory(out + size + SLACK)
  const state: Lzma2State = { out, dictionary: out, bias: out, needs: 'dictionary' }
  let uncompressed = 0
  for (;;) {
    if (state.out + CHUNK_OUTPUT > out + size) moveHistory(view, out, history, state)
    const head = need(feed, 1)
    const chunk = readChunkHeader(need(feed, chunkHeaderSize(head[0] as number)), 0)
    if (chunk.kind === 'end') break
    const from = state.out
    const problem = nextChunk(core, view, feed, chunk, state)
    uncompressed += state.out - from
    if (state.out > from) deliver(view, from, state.out)
    if (problem) throw problem
  }
  feed.at++
  return uncompressed
}

/** Decodes the chunk ahead, or what is there of it. @returns why not all of it */
function nextChunk(
  core: LzmaCore,
  view: Uint8Array,
  feed: Feed,
  chunk: ChunkHeader,
  state: Lzma2State,
): DecodeError | undefined {
  const size = chunk.header + chunk.compressed
  const input = feed.peek(size)
  const missing = size - input.length
  view.set(input, BASE)
  view.fill(0, BASE + input.length, BASE + input.length + 64)
  feed.at += input.length
  try {
    decodeChunk(core, view, BASE, { ...chunk, compressed: chunk.compressed - missing }, state)
  } catch (error) {
    if (error instanceof DecodeError) return missing > 0 ? cutOff() : error
    throw error
  }
  return missing > 0 ? cutOff() : undefined
}

/** How much history matches may reach: what the stream asks for, but not more than there is. @throws DecodeError */
function historySize(header: BlockHeader): number {
  const asked = dictionarySize(header.filters.at(-1) as Filter)
  return boundedHistory(Math.min(asked, header.uncompressedSize ?? Number.POSITIVE_INFINITY))
}

/** @throws DecodeError */
function boundedHistory(wanted: number): number {
  if (wanted > MOST_DICTIONARY)
    throw new DecodeError('unsupported', `xz: a dictionary of ${wanted} bytes is over ${MOST_DICTIONARY}`)
  return Math.max(wanted, LEAST_HISTORY)
}

/** Moves the last `history` bytes to the front. */
export function moveHistory(
  view: Uint8Array,
  front: number,
  history: number,
  state: Omit<Lzma2State, 'needs'>,
): void {
  const from = Math.max(state.out - history, state.dictionary, front)
  const by = from - front
  view.copyWithin(front, from, state.out)
  state.out -= by
  state.dictionary = Math.max(front, state.dictionary - by)
  state.bias -= by
}

/** What the filters let through: the check reads from the core's memory, whose input area is free between two chunks. */
function delivery(core: LzmaCore, check: Check | undefined, write: Write): Write {
  return (content) => {
    if (check) {
      const view = core.memory(0)
      for (let at = 0; at < content.length; at += CHUNK_INPUT) {
        const piece = content.subarray(at, at + CHUNK_INPUT)
        view.set(piece, BASE)
        check.update(view, BASE, BASE + piece.length)
      }
    }
    write(content)
  }
}

/** The index repeats the sizes of all blocks. @throws DecodeError */
function readIndex(feed: Feed, flags: StreamFlags, sizes: BlockSizes): void {
  const start = feed.at
  const sum = { crc: 0 }
  const number = (): number => {
    const reader = { bytes: feed.peek(9), at: 0 }
    const value = readNumber(reader)
    sum.crc = crc32(take(feed, reader.at), sum.crc)
    return value
  }
  sum.crc = crc32(take(feed, 1), sum.crc)
  const stated = new BlockSizes()
  if (number() === sizes.count) for (let i = 0; i < sizes.count; i++) stated.add(number(), number())
  if (!stated.equals(sizes)) throw new DecodeError('corrupt', 'xz: the index does not fit the blocks')
  sum.crc = crc32(take(feed, (4 - ((feed.at - start) % 4)) % 4), sum.crc)
  const stored = take(feed, 4)
  if (new DataView(stored.buffer, stored.byteOffset).getUint32(0, true) !== sum.crc)
    throw new DecodeError('checksum', 'xz: the index is damaged')
  readStreamFooter(take(feed, 12), flags, feed.at - 12 - start)
}

/** Zeros, a multiple of four; they belong to the file only when another stream follows. */
function skipStreamPadding(feed: Feed): void {
  while (feed.left >= 4) {
    const word = feed.peek(4)
    if (word.some((byte) => byte !== 0)) return
    feed.at += 4
  }
}

function cutOff(): DecodeError {
  return new DecodeError('truncated', 'xz: the data ends early')
}

function need(feed: Feed, length: number): Uint8Array {
  const view = feed.peek(length)
  if (view.length < length) throw cutOff()
  return view
}

function take(feed: Feed, length: number): Uint8Array {
  const view = need(feed, length)
  feed.at += length
  return view
}
