import { type Bytes, memoryBytes } from './bytes.ts'
import { DecodeError } from './stream-end.ts'
import { inflateRaw, zlibBlock } from './zlib-blocks.ts'
import { zstdStream } from './zstd.ts'

/** A block that lies packed in a source. Plain data: other threads unpack it, too. */
export interface Packed {
  readonly codec: 'deflate' | 'zlib' | 'zstd'
  /** Where it lies in the source, and how long it is there at most, in bytes. */
  readonly from: number
  readonly length: number
  /** Bytes that come out at most. */
  readonly size: number
}

/** @throws DecodeError where less than `needed` or more than its size comes out, BytesError */
export function unpackBlock(
  source: Bytes,
  { codec, from, length, size }: Packed,
  needed: number,
): Uint8Array {
  const input = source.view(from, length)
  const output = new Uint8Array(size)
  const written = CODECS[codec](input, output)
  if (written < needed) throw new DecodeError('truncated', 'less comes out of a block than it has')
  return output
}

type Codec = (input: Uint8Array, output: Uint8Array) => number

const CODECS: Readonly<Record<Packed['codec'], Codec>> = { deflate: inflateRaw, zlib: zlibBlock, zstd }

/** Its own decoder minds what lies behind a frame: blocks are padded. */
function zstd(input: Uint8Array, output: Uint8Array): number {
  let done = 0
  const { problem } = zstdStream(memoryBytes(input), 0, (chunk) => {
    if (done + chunk.length > output.length)
      throw new DecodeError('output-full', 'more comes out of a block than there is room for')
    output.set(chunk, done)
    done += chunk.length
  })
  if (problem && done < output.length) throw new DecodeError(problem.code, problem.message)
  return done
}
