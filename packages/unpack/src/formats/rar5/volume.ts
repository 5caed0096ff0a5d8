import type { Bytes } from '@messlatte/bytes'
import { varint } from '../protobuf.ts'
import { BLOCK, blocksOf, goesOn, isRar5 } from './blocks.ts'

const VOLUME = 1

/** Whether these bytes are one of several volumes, and whether another one follows; undefined where they are no volume. */
export function volumeOfRar5(bytes: Bytes): { readonly goesOn: boolean } | undefined {
  if (!isRar5(bytes, 0)) return undefined
  let follows = false
  for (const block of blocksOf(bytes, 0)) {
    if (block.type === BLOCK.encryption) return undefined
    if (block.type === BLOCK.main && (varint(block.fields) & VOLUME) === 0) return undefined
    if (block.type === BLOCK.end) follows = goesOn(block)
  }
  return { goesOn: follows }
}
