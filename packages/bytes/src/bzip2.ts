import type { Bytes } from './bytes.ts'
import { lazyCore, SLACK } from './cores/core.ts'
import { wasm } from './cores/bzip2.wasm.ts'
import { DecodeError, type StreamEnd } from './stream-end.ts'

interface Bzip2Exports {
  setup(): void
  block(input: number, bit: bigint, endBit: bigint, mostBytes: number): number
  emit(output: number, outputEnd: number): number
  readonly gBit: WebAssembly.Global<'i64'>
  readonly gOut: WebAssembly.Global<'i32'>
  readonly gCrc: WebAssembly.Global<'i32'>
  readonly gStored: WebAssembly.Global<'i32'>
}

const core = lazyCore<Bzip2Exports>(wasm)

/** The core's tables and one block of 900,000 words lie below. */
const BASE = 65_536 + 4 * 900_000 + 1024
/** A compressed block is never longer: 900,000 bytes grow by little where they do not shrink. */
const INPUT = 2 * 1024 * 1024
const OUTPUT = 256 * 1024
const BLOCK_MAGIC = 0x314159265359n
const END_MAGIC = 0x177245385090n

/** A bzip2 file: streams one behind the other, each with a CRC over all blocks. `write` may throw to stop. */
export function bzip2Stream(source: Bytes, at: number, write: (chunk: Uint8Array) => void): StreamEnd {
  let end = at
  try {
    do end = decodeStream(source, end, write)
    while (isStream(source, end))
    return { end, checksum: 'matches' }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    return { end: source.size, checksum: code === 'checksum' ? 'differs' : 'none', problem: { code, message } }
  }
}

function isStream(source: Bytes, at: number): boolean {
  if (source.size - at < 14) return false
  const [b, z, h, level] = source.view(at, 4)
  return b === 0x42 && z === 0x5a && h === 0x68 && (level as number) >= 0x31 && (level as number) <= 0x39
}

/** @returns offset behind the stream @throws DecodeError */
function decodeStream(source: Bytes, at: number, write: (chunk: Uint8Array) => void): number {
  if (!isStream(source, at)) throw new DecodeError('corrupt', 'bzip2: no header')
  const { exports, memory } = core()
  const out = BASE + INPUT + SLACK
  const view = memory(out + OUTPUT + SLACK)
  exports.setup()
  const mostBytes = ((source.view(at + 3, 1)[0] as number) - 0x30) * 100_000
  let combined = 0
  let bit = BigInt(at + 4) * 8n
  for (;;) {
    const from = Number(bit / 8n)
    const size = Math.min(INPUT, source.size - from)
    if (size < 10) throw new DecodeError('truncated', 'bzip2: the data ends early')
    view.set(source.view(from, size), BASE)
    view.fill(0, BASE + size, BASE + size + SLACK)
    const inWindow = bit % 8n
    const magic = bitsAt(view, inWindow, 48)
    if (magic === END_MAGIC) {
      const stored = Number(bitsAt(view, inWindow + 48n, 32))
      if (stored !== combined) throw new DecodeError('checksum', 'bzip2: the CRC of the stream differs')
      return Number((bit + 80n + 7n) / 8n)
    }
    if (magic !== BLOCK_MAGIC) throw new DecodeError('corrupt', 'bzip2: neither a block nor the end')
    const status = exports.block(BASE, inWindow + 48n, BigInt(size) * 8n, mostBytes)
    if (status === 5) throw new DecodeError('unsupported', 'bzip2: a randomised block of a very old version')
    if (status !== 0) throw new DecodeError(status === 2 ? 'truncated' : 'corrupt', 'bzip2: a block is damaged or cut off')
    emitBlock(exports, view, out, write)
    if (exports.gCrc.value !== exports.gStored.value) throw new DecodeError('checksum', 'bzip2: the CRC of a block differs')
    combined = (((combined << 1) | (combined >>> 31)) ^ exports.gStored.value) >>> 0
    bit = BigInt(from) * 8n + exports.gBit.value
  }
}

function emitBlock(exports: Bzip2Exports, view: Uint8Array, out: number, write: (chunk: Uint8Array) => void): void {
  for (let done = 0; done === 0; ) {
    done = exports.emit(out, out + OUTPUT)
    write(view.subarray(out, exports.gOut.value))
  }
}

/** Big-endian bits at a bit offset behind BASE. */
function bitsAt(view: Uint8Array, bit: bigint, count: number): bigint {
  let value = 0n
  const first = Number(bit / 8n)
  for (let i = 0; i < 11; i++) value = (value << 8n) | BigInt(view[BASE + first + i] as number)
  return (value >> (88n - (bit % 8n) - BigInt(count))) & ((1n << BigInt(count)) - 1n)
}
