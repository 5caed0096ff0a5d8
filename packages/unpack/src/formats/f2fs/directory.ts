import { latin1, Reader } from '@messlatte/bytes'
import type { InodeName } from '../inode-tree.ts'
import type { Trouble } from '../pieces.ts'
import { BLOCK } from './superblock.ts'

const ENTRY = 11
const SLOT = 8
const DIRECTORY = 2
/** In a block of its own three bytes stand between the bitmap and the entries; in an inode, what is left over. */
const PER_BLOCK = 214
/** Linux takes no longer name. */
const MOST_NAME = 255

/** Names in a block of a directory, or in an inode, which has room for fewer of them. */
export function* namesIn(area: Uint8Array, isEncrypted: boolean, trouble: Trouble): Generator<InodeName> {
  const count = area.length === BLOCK ? PER_BLOCK : Math.floor((area.length * 8) / ((ENTRY + SLOT) * 8 + 1))
  const namesAt = area.length - count * SLOT
  const entriesAt = namesAt - count * ENTRY
  for (let slot = 0; slot < count; ) {
    if (((area[slot >>> 3] as number) & (1 << (slot & 7))) === 0) {
      slot++
      continue
    }
    const reader = new Reader(area, 'little', entriesAt + slot * ENTRY + 4)
    const [inode, length, type] = [reader.u32(), reader.u16(), reader.u8()]
    const at = namesAt + slot * SLOT
    slot += Math.max(1, Math.ceil(length / SLOT))
    if (length === 0 || length > MOST_NAME || slot > count) {
      trouble('structure', 'a name of a directory that does not fit')
      if (length === 0) continue
      return
    }
    const name = area.subarray(at, at + length)
    const text = latin1(name)
    if (text === '.' || text === '..') continue
    yield { name: isEncrypted ? disguised(name) : text, inode, isDirectory: type === DIRECTORY }
  }
}

/** A name that nobody can read is bytes of any kind; so it is shown in letters. */
function disguised(name: Uint8Array): string {
  return Buffer.from(name).toString('base64url')
}
