import { createHash } from 'node:crypto'
import {
  type Bytes,
  BytesError,
  bzip2Stream,
  DecodeError,
  memoryBytes,
  sliceBytes,
  xzStream,
  zstdStream,
} from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { copyStretch, hashStretch } from '../members.ts'
import { type BlockExtent, isFull, type Operation, type PartitionUpdate } from './manifest.ts'

const DECODERS = { REPLACE_BZ: bzip2Stream, REPLACE_XZ: xzStream, REPLACE_ZSTD: zstdStream }
const NOTHING = memoryBytes(new Uint8Array(0))

/** What went wrong with how many operations of a partition. */
export interface Applied {
  readonly differ: number
  readonly missing: number
  readonly broken: number
}

/** Does what the operations of a partition say. `out` is zeros. Broken ones leave their blocks empty. */
export function applyOperations(
  bytes: Bytes,
  blobsAt: number,
  block: number,
  operations: readonly Operation[],
  out: Uint8Array,
): Applied {
  let [differ, missing, broken] = [0, 0, 0]
  for (const operation of operations) {
    const { dataLength, digest } = operation
    const at = blobsAt + operation.dataAt
    if (dataLength > 0 && at + dataLength > bytes.size) {
      missing++
      continue
    }
    if (digest.length > 0 && dataLength > 0) {
      const sum = hashStretch(createHash('sha256'), bytes, at, dataLength).digest()
      if (!sum.equals(digest)) differ++
    }
    try {
      const blocks = new Blocks(out, block, operation.to)
      applyOne(dataLength > 0 ? sliceBytes(bytes, at, dataLength) : NOTHING, operation, blocks)
      // What is missing of the last block is zero.
      if (dataLength > 0 && blocks.left >= block) broken++
    } catch (error) {
      if (!(error instanceof FormatError || error instanceof DecodeError || error instanceof BytesError))
        throw error
      broken++
    }
  }
  return { differ, missing, broken }
}

/** @throws FormatError, DecodeError, BytesError */
function applyOne(data: Bytes, { type }: Operation, blocks: Blocks): void {
  if (!isFull(type)) throw new FormatError('unsupported', `${type} needs the old image`)
  switch (type) {
    case 'REPLACE':
      for (const { from, view } of blocks.rest(data.size)) copyStretch(data, from, view)
      break
    case 'REPLACE_BZ':
    case 'REPLACE_XZ':
    case 'REPLACE_ZSTD': {
      const { problem } = DECODERS[type](data, 0, (chunk) => blocks.write(chunk))
      if (problem) throw new DecodeError(problem.code, problem.message)
      break
    }
    case 'ZERO':
    case 'DISCARD':
      blocks.clear()
  }
}

/** The blocks that an operation fills, one stretch after the other. */
class Blocks {
  readonly #stretches: Uint8Array[]
  #index = 0
  #done = 0
  /** Bytes of room that nothing was written to. */
  left: number

  /** @throws FormatError where some lie outside of the partition */
  constructor(out: Uint8Array, block: number, extents: readonly BlockExtent[]) {
    this.#stretches = extents.map(({ start, count }) => {
      const [from, to] = [start * block, (start + count) * block]
      // The last block may be longer than what is left of the partition.
      if (!(to <= out.length + block - 1))
        throw new FormatError('structure', 'blocks outside of the partition')
      return out.subarray(from, Math.min(to, out.length))
    })
    this.left = this.#stretches.reduce((sum, { length }) => sum + length, 0)
  }

  clear(): void {
    for (const stretch of this.#stretches) stretch.fill(0)
  }

  /** @throws FormatError where there is no room left */
  write(chunk: Uint8Array): void {
    for (const { from, view } of this.rest(chunk.length)) view.set(chunk.subarray(from, from + view.length))
  }

  /** Room for the next `length` bytes; `from` is how many of them come before. @throws FormatError */
  *rest(length: number): Generator<{ readonly from: number; readonly view: Uint8Array }> {
    for (let from = 0; from < length; ) {
      const stretch = this.#stretches[this.#index]
      if (!stretch) throw new FormatError('structure', 'more bytes than blocks')
      const view = stretch.subarray(this.#done, this.#done + length - from)
      if (view.length === 0) {
        this.#index++
        this.#done = 0
        continue
      }
      yield { from, view }
      from += view.length
      this.#done += view.length
      this.left -= view.length
    }
  }
}

/** Bytes of a partition: as told, or up to the last block that is written. */
export function sizeOf({ size, operations }: PartitionUpdate, block: number): number {
  if (size !== undefined) return size
  let last = 0
  for (const { to } of operations) for (const { start, count } of to) last = Math.max(last, start + count)
  return last * block
}

/** Blocks that all operations write, and bytes of data that they take: in an update no block and no byte comes twice. */
export function costOf({ operations }: PartitionUpdate): { readonly blocks: number; readonly data: number } {
  let [blocks, data] = [0, 0]
  for (const { to, dataLength } of operations) {
    data += dataLength
    for (const { count } of to) blocks += count
  }
  return { blocks, data }
}
