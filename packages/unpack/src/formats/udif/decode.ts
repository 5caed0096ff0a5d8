import {
  adcBlock,
  type Bytes,
  bzip2Stream,
  DecodeError,
  lzfseBlock,
  memoryBytes,
  xzBlock,
  zlibBlock,
} from '@messlatte/bytes'
import { copyStretch } from '../members.ts'
import type { Chunk, ChunkKind } from './list.ts'

export const SECTOR = 512
/** Of a chunk, packed and not; tools make them of 256 KiB to 4 MiB. */
const MOST_CHUNK = 64 * 1024 * 1024
const STEP = 1024 * 1024

type Write = (chunk: Uint8Array) => void

const BLOCKS: Readonly<
  Record<Exclude<ChunkKind, 'zero' | 'stored'>, (input: Uint8Array, output: Uint8Array) => number>
> = { adc: adcBlock, zlib: zlibBlock, lzfse: lzfseBlock, xz: xzBlock, bzip2: bzip2Block }

/** @throws DecodeError, BytesError */
export function writeChunk(bytes: Bytes, { kind, sectors, at, length }: Chunk, write: Write): void {
  const size = sectors * SECTOR
  if (kind === 'zero') {
    writeZeros(size, write)
    return
  }
  if (at + length > bytes.size) throw new DecodeError('truncated', 'the image ends within a chunk')
  if (kind === 'stored') {
    if (length !== size) throw new DecodeError('corrupt', 'a stored chunk of another length')
    for (let done = 0; done < length; done += STEP)
      write(copyOf(bytes, at + done, Math.min(STEP, length - done)))
    return
  }
  if (size > MOST_CHUNK || length > MOST_CHUNK) throw new DecodeError('unsupported', 'a chunk of over 64 MiB')
  const output = new Uint8Array(size)
  const written = BLOCKS[kind](copyOf(bytes, at, length), output)
  write(output)
  if (written !== size) throw new DecodeError('corrupt', 'less comes out of a chunk than it has')
}

export function writeZeros(size: number, write: Write): void {
  const zeros = new Uint8Array(Math.min(size, STEP))
  for (let done = 0; done < size; done += STEP) write(zeros.subarray(0, Math.min(STEP, size - done)))
}

function copyOf(bytes: Bytes, at: number, length: number): Uint8Array {
  const copy = new Uint8Array(length)
  copyStretch(bytes, at, copy)
  return copy
}

function bzip2Block(input: Uint8Array, output: Uint8Array): number {
  let done = 0
  const { problem } = bzip2Stream(memoryBytes(input), 0, (chunk) => {
    if (done + chunk.length > output.length)
      throw new DecodeError('output-full', 'more comes out than there is room for')
    output.set(chunk, done)
    done += chunk.length
  })
  if (problem) throw new DecodeError(problem.code, problem.message)
  return done
}
