import { createHash } from 'node:crypto'
import { type Bytes, Reader } from '@messlatte/bytes'
import type { Sb3 } from './parse.ts'

/** The first block that is not the one of its hash, or has another number; undefined where all of what is there are. */
export function brokenBlock(bytes: Bytes, file: Sb3): number | undefined {
  const { blocks, blocksAt, blockLength, hash, hashLength, firstHash } = file
  let expected = Buffer.from(bytes.view(firstHash.at, firstHash.length))
  for (let index = 0; index < blocks; index++) {
    const at = blocksAt + index * blockLength
    if (at + blockLength > bytes.size) return undefined
    const block = bytes.view(at, blockLength)
    const isIt = createHash(hash).update(block).digest().equals(expected)
    if (!isIt || new Reader(block, 'little').u32() !== index + 1) return index
    expected = Buffer.from(block.subarray(4, 4 + hashLength))
  }
  return undefined
}
