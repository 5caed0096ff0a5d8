import { createHash } from 'node:crypto'
import { type Bytes, forEachWindow } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import { BLOCK } from './parse.ts'

/** Blocks that are read at once. */
const AT_ONCE = 64
const DIGEST = 32

/**
 * The hash tree of dm-verity over a stretch of whole blocks (version 1, SHA-256, without its superblock): levels from
 * the top down, each in whole blocks, and the digest of the top.
 */
export function verityTree(
  bytes: Bytes,
  { at, length }: Stored,
  salt: Uint8Array,
): { readonly tree: Uint8Array; readonly root: string } {
  const digestOf = (block: Uint8Array) => createHash('sha256').update(salt).update(block).digest()
  const digests = Buffer.alloc((length / BLOCK) * DIGEST)
  forEachWindow(bytes, at, at + length, AT_ONCE * BLOCK, 0, (window, from) => {
    for (let done = 0; done < window.length; done += BLOCK)
      digestOf(window.subarray(done, done + BLOCK)).copy(digests, ((from - at + done) / BLOCK) * DIGEST)
    return true
  })
  const levels: Buffer[] = []
  let level = digests
  while (level.length > DIGEST) {
    const blocks = Math.ceil(level.length / BLOCK)
    const padded = Buffer.alloc(blocks * BLOCK)
    level.copy(padded)
    levels.unshift(padded)
    level = Buffer.concat(
      Array.from({ length: blocks }, (_, index) =>
        digestOf(padded.subarray(index * BLOCK, (index + 1) * BLOCK)),
      ),
    )
  }
  return { tree: Buffer.concat(levels), root: level.toString('hex') }
}
