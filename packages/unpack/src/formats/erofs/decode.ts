import {
  DecodeError,
  inflateStream,
  lz4Block,
  lzmaRaw,
  memoryBytes,
  PartError,
  zstdStream,
} from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import type { Coding, Extent } from './extents.ts'

/** More may come out of a cluster than the file takes: room for that, at first, in bytes. */
const ROOM = 64 * 1024
const MOST_ROOM = 16 * 1024 * 1024

/** Thrown to stop a stream that has given enough. */
class Enough extends Error {}

/**
 * Decodes one cluster into `out`, which may be less than all that is in it.
 * @param zerosInFront whether LZ4 data ends with its block, with zeros in front of it; other codings always do
 * @throws FormatError, DecodeError
 */
export function decodeExtent(
  input: Uint8Array,
  extent: Extent,
  out: Uint8Array,
  blockSize: number,
  zerosInFront: boolean,
): void {
  const { coding } = extent
  if (coding === 'interlaced') {
    interlaced(input, extent, out, blockSize)
    return
  }
  const skipped = coding === 'lz4' && !zerosInFront ? 0 : input.findIndex((byte) => byte !== 0)
  const data = input.subarray(Math.max(0, skipped))
  const written = decode(coding, data, out)
  if (written < out.length) throw new FormatError('structure', `${written} bytes instead of ${out.length}`)
}

function decode(coding: Coding, data: Uint8Array, out: Uint8Array): number {
  switch (coding) {
    case 'lz4':
      return lz4Part(data, out)
    case 'lzma':
      return microLzma(data, out)
    case 'deflate':
      return streamed(out, (write) => {
        inflateStream(memoryBytes(data), 0, write)
      })
    case 'zstd':
      return streamed(out, (write) => {
        const { problem } = zstdStream(memoryBytes(data), 0, write)
        if (problem) throw new DecodeError(problem.code, problem.message)
      })
    case 'stored':
    case 'interlaced':
    case 'fragment':
    case 'hole':
      throw new FormatError('structure', 'nothing that is compressed')
  }
}

/** The decoder stops before what does not fit, so that it gets more room than is asked for. */
function lz4Part(data: Uint8Array, out: Uint8Array): number {
  try {
    return lz4Block(data, out)
  } catch (error) {
    if (!(error instanceof PartError)) throw error
  }
  for (let room = out.length + ROOM; ; room *= 4) {
    const whole = new Uint8Array(Math.min(room, MOST_ROOM))
    try {
      const written = lz4Block(data, whole)
      out.set(whole.subarray(0, Math.min(written, out.length)))
      return written
    } catch (error) {
      if (!(error instanceof PartError)) throw error
      // What stands behind the data of old images is no LZ4 any more.
      if (error.written >= out.length) {
        out.set(whole.subarray(0, out.length))
        return out.length
      }
      if (error.code !== 'output-full' || room >= MOST_ROOM) throw error
    }
  }
}

/** MicroLZMA: LZMA1 whose first byte, which is always 0, is the inverted byte of its properties. */
function microLzma(data: Uint8Array, out: Uint8Array): number {
  const properties = ~(data[0] as number) & 0xff
  if (data.length < 5 || properties >= 225) throw new FormatError('structure', 'no MicroLZMA')
  const stream = Uint8Array.from(data)
  stream[0] = 0
  const lc = properties % 9
  const lp = Math.floor(properties / 9) % 5
  if (lc + lp > 4) throw new FormatError('structure', 'properties of LZMA that are out of range')
  return lzmaRaw(stream, out, { lc, lp, pb: Math.floor(properties / 45) })
}

function streamed(out: Uint8Array, decodeTo: (write: (chunk: Uint8Array) => void) => void): number {
  let written = 0
  try {
    decodeTo((chunk) => {
      const part = chunk.subarray(0, out.length - written)
      out.set(part, written)
      written += part.length
      if (written === out.length) throw new Enough()
    })
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  }
  return written
}

/** A block that is stored so that each byte stands there where it stands in the file's block. */
function interlaced(input: Uint8Array, extent: Extent, out: Uint8Array, blockSize: number): void {
  if (out.length > input.length) throw new FormatError('structure', 'a stored cluster that is too short')
  const from = extent.at % blockSize
  const right = Math.min(blockSize - from, out.length)
  out.set(input.subarray(from, from + right))
  out.set(input.subarray(0, out.length - right), right)
}
