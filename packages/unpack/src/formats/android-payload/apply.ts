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
import { Blocks } from '../block-extents.ts'
import { copyStretch, hashStretch } from '../members.ts'
import { isFull, type Operation, type PartitionUpdate } from './manifest.ts'

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
