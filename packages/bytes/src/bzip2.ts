import type { Bytes } from './bytes.ts'
import { wasm } from './cores/bzip2.wasm.ts'
import { type Core, lazyCores, SLACK } from './cores/core.ts'
import { DecodeError, type StreamEnd } from './stream-end.ts'

interface Bzip2Exports {
  setup(): void
  block(input: number, bit: bigint, endBit: bigint, mostBytes: number): number
  bareBlock(input: number, bit: bigint, endBit: bigint, mostBytes: number): number
  emit(output: number, outputEnd: number): number
  readonly gBit: WebAssembly.Global<'i64'>
  readonly gOut: WebAssembly.Global<'i32'>
  readonly gCrc: WebAssembly.Global<'i32'>
  readonly gStored: WebAssembly.Global<'i32'>
}

const cores = lazyCores<Bzip2Exports>(wasm, (exports) => exports.setup())

/** The core's tables and one block of 900,000 words lie below. */
const BASE = 65_536 + 4 * 900_000 + 1024
/** The input is moved on only where less than the longest block is ahead, so that many small blocks cost no more than few large ones. */
const INPUT = 2.5 * 1024 * 1024
const OUT = BASE + INPUT + SLACK
const OUTPUT = 256 * 1024
/** The end mark and the CRC of all blocks, in bytes. */
const END_SIZE = 10
/** A compressed block of an encoder is never longer: 900,000 bytes grow by little where they do not shrink. */
const LEAST_AHEAD = 1280 * 1024
const BLOCK_MAGIC = 0x314159265359n
const END_MAGIC = 0x177245385090n

type Write = (chunk: Uint8Array) => void

/** A bzip2 file: streams one behind the other, each with a CRC over all blocks. `write` may throw to stop. */
export function bzip2Stream(source: Bytes, at: number, write: Write): StreamEnd {
  let end = at
  try {
    cores.use((core) => {
      const window: Window = { from: at, filled: 0 }
      do end = decodeStream(core, window, source, end, write)
      while (isStream(source, end))
    })
    return { end, checksum: 'matches' }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    return {
      end: source.size,
      checksum: code === 'checksum' ? 'differs' : 'none',
      problem: { code, message },
    }
  }
}

/** In front of a bare block, and behind the last one. */
const BARE = { block: 0x31n, end: 0x17n } as const
const MOST_BYTES = 900_000

/**
 * Blocks without headers and CRCs, as NSIS writes them: one byte says whether a block follows, or the end.
 * @returns offset behind it
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function bareBzip2Stream(source: Bytes, at: number, write: Write): number {
  return cores.use(({ exports, memory }) => {
    const view = memory(OUT + OUTPUT + SLACK)
    const window: Window = { from: at, filled: 0 }
    for (let bit = BigInt(at) * 8n; ; ) {
      ahead(window, source, view, Number(bit / 8n), 1)
      const start = BigInt(window.from) * 8n
      const mark = bitsAt(view, bit - start, 8)
      if (mark === BARE.end) return Number((bit + 15n) / 8n)
      if (mark !== BARE.block) throw new DecodeError('corrupt', 'bzip2: neither a block nor the end')
      const status = exports.bareBlock(BASE, bit - start + 8n, BigInt(window.filled) * 8n, MOST_BYTES)
      if (status !== 0) throw blockFailure(status)
      emitBlock(exports, view, write)
      bit = start + exports.gBit.value
    }
  })
}

function isStream(source: Bytes, at: number): boolean {
  if (source.size - at < 14) return false
  const [b, z, h, level] = source.view(at, 4)
  return b === 0x42 && z === 0x5a && h === 0x68 && (level as number) >= 0x31 && (level as number) <= 0x39
}

/** What of the source lies in the core's memory, with zeros behind it. It stays over the streams of one file. */
interface Window {
  from: number
  filled: number
}

/** Moves the window on to `at` where less than a block is ahead. @throws DecodeError when the source ends */
function ahead(window: Window, source: Bytes, view: Uint8Array, at: number, least = END_SIZE): void {
  const end = window.from + window.filled
  if (end - at < LEAST_AHEAD && end < source.size) {
    window.from = at
    window.filled = Math.min(INPUT, source.size - at)
    view.set(source.view(at, window.filled), BASE)
    view.fill(0, BASE + window.filled, BASE + window.filled + SLACK)
  }
  if (window.from + window.filled - at < least)
    throw new DecodeError('truncated', 'bzip2: the data ends early')
}

/** @returns offset behind the stream @throws DecodeError */
function decodeStream(
  core: Core<Bzip2Exports>,
  window: Window,
  source: Bytes,
  at: number,
  write: Write,
): number {
  if (!isStream(source, at)) throw new DecodeError('corrupt', 'bzip2: no header')
  const { exports } = core
  const view = core.memory(OUT + OUTPUT + SLACK)
  const mostBytes = ((source.view(at + 3, 1)[0] as number) - 0x30) * 100_000
  let combined = 0
  let bit = BigInt(at + 4) * 8n
  for (;;) {
    ahead(window, source, view, Number(bit / 8n))
    const start = BigInt(window.from) * 8n
    const magic = bitsAt(view, bit - start, 48)
    if (magic === END_MAGIC) {
      const end = Number((bit + 80n + 7n) / 8n)
      if (end > source.size) throw new DecodeError('truncated', 'bzip2: the data ends early')
      if (Number(bitsAt(view, bit - start + 48n, 32)) === combined) return end
      throw new DecodeError('checksum', 'bzip2: the CRC of the stream differs')
    }
    if (magic !== BLOCK_MAGIC) throw new DecodeError('corrupt', 'bzip2: neither a block nor the end')
    const status = exports.block(BASE, bit - start + 48n, BigInt(window.filled) * 8n, mostBytes)
    if (status !== 0) throw blockFailure(status)
    emitBlock(exports, view, write)
    if (exports.gCrc.value !== exports.gStored.value)
      throw new DecodeError('checksum', 'bzip2: the CRC of a block differs')
    combined = (((combined << 1) | (combined >>> 31)) ^ exports.gStored.value) >>> 0
    bit = start + exports.gBit.value
  }
}

function blockFailure(status: number): DecodeError {
  if (status === 5) return new DecodeError('unsupported', 'bzip2: a randomised block of a very old version')
  return new DecodeError(status === 2 ? 'truncated' : 'corrupt', 'bzip2: a block is damaged or cut off')
}

function emitBlock(exports: Bzip2Exports, view: Uint8Array, write: Write): void {
  for (let done = 0; done === 0; ) {
    done = exports.emit(OUT, OUT + OUTPUT)
    write(view.subarray(OUT, exports.gOut.value))
  }
}

/** Big-endian bits at a bit offset behind BASE. */
function bitsAt(view: Uint8Array, bit: bigint, count: number): bigint {
  let value = 0n
  const first = Number(bit / 8n)
  for (let i = 0; i < 11; i++) value = (value << 8n) | BigInt(view[BASE + first + i] as number)
  return (value >> (88n - (bit % 8n) - BigInt(count))) & ((1n << BigInt(count)) - 1n)
}
