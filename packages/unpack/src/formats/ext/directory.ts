import { latin1 } from '@messlatte/bytes'
import { crc32c } from '../crc32c.ts'
import type { InodeName } from '../inode-tree.ts'
import type { Trouble } from './blocks.ts'
import type { Inode } from './inode.ts'
import { u16At, u32At, type Volume } from './volume.ts'

const HEAD = 8
const DIRECTORY = 2
/** A last record without inode and name holds the block's checksum. */
const TAIL = { size: 12, type: 0xde } as const

/** Names in one block of a directory; the nodes of a hash tree look like a record without an inode. */
export function* namesIn(volume: Volume, view: Uint8Array, trouble: Trouble): Generator<InodeName> {
  for (let at = 0; at + HEAD <= view.length; ) {
    const inode = u32At(view, at)
    const length = recordLength(u16At(view, at + 4), view.length)
    const nameLength = view[at + 6] as number
    if (length < HEAD || length % 4 !== 0 || at + length > view.length || HEAD + nameLength > length) {
      // Behind the names that fit into an inode nothing has to stand.
      if (inode !== 0 || length !== 0) trouble('structure', 'a record of a directory that does not fit')
      return
    }
    if (inode !== 0 && nameLength > 0) {
      const name = latin1(view.subarray(at + HEAD, at + HEAD + nameLength))
      if (name !== '.' && name !== '..')
        yield { name, inode, isDirectory: volume.hasFileTypes && view[at + 7] === DIRECTORY }
    }
    at += length
  }
}

/** Whether the checksum at the end of a block of names is right; true where there is none. */
export function isSoundBlock(volume: Volume, { seed }: Inode, view: Uint8Array): boolean {
  const at = view.length - TAIL.size
  const hasTail = u32At(view, at) === 0 && u16At(view, at + 4) === TAIL.size && view[at + 7] === TAIL.type
  return !volume.hasChecksums || !hasTail || crc32c(view.subarray(0, at), seed) === u32At(view, at + 8)
}

/** 64 KiB do not fit into 16 bits: such a record is 0 or 65535 long. */
function recordLength(stored: number, blockSize: number): number {
  return blockSize === 65_536 && (stored === 0 || stored === 65_535) ? blockSize : stored
}
