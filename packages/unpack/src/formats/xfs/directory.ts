import { Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import type { InodeName } from '../inode-tree.ts'
import type { Trouble } from '../pieces.ts'
import { runsOf } from './blocks.ts'
import type { Inode } from './inode.ts'
import { isSound } from './superblock.ts'
import { u16At, u32At, u64At, type Volume } from './volume.ts'

/** Names lie before this place of a directory, in bytes; what helps to find them, behind it. */
const NAMES_END = 32 * 2 ** 30
const DIRECTORY = 2
const FREE = 0xffff
/** A directory in one block keeps hashes behind its names; others do that elsewhere. */
const MAGIC = {
  oneOld: 0x5844_3242,
  oneNew: 0x5844_4233,
  oneOfOld: 0x5844_3244,
  oneOfNew: 0x5844_4433,
} as const
const HEADER = { old: 16, new: 64 } as const
const CRC_AT = 4
const OWNER_AT = 40

/** Names of a directory, without itself and the one above. @throws FormatError, BytesError */
export function* namesOf(volume: Volume, inode: Inode, trouble: Trouble): Generator<InodeName> {
  const { content, size } = inode
  if (content.kind === 'local') return yield* namesWithin(volume, content.data.subarray(0, size))
  const { blockSize, directorySize } = volume.superblock
  const perBlock = directorySize / blockSize
  let parts: Uint8Array[] = []
  let first = -1
  for (const { logical, physical, length } of runsOf(volume, inode.number, content, trouble)) {
    for (let i = 0; i < length; i++) {
      const at = logical + i
      if (at * blockSize >= NAMES_END) return
      if (at % perBlock === 0) {
        parts = []
        first = at
      } else if (first + parts.length !== at) continue
      parts.push(volume.block(physical + i))
      if (parts.length === perBlock) yield* namesIn(volume, inode, joined(parts), trouble)
    }
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts)
}

/** Names in an inode: their numbers take four bytes, or eight when one of them needs to. @throws BytesError */
function* namesWithin({ superblock }: Volume, data: Uint8Array): Generator<InodeName> {
  const reader = new Reader(data, 'big')
  const [count, large] = [reader.u8(), reader.u8()]
  const number = () => (large > 0 ? reader.size64() : reader.u32())
  number()
  for (let left = Math.max(count, large); left > 0; left--) {
    const length = reader.u8()
    reader.skip(2)
    const name = reader.latin1(length)
    const isDirectory = superblock.hasTypes && reader.u8() === DIRECTORY
    yield { name, inode: number(), isDirectory }
  }
}

function* namesIn(volume: Volume, inode: Inode, block: Uint8Array, trouble: Trouble): Generator<InodeName> {
  const { version, hasTypes } = volume.superblock
  const magic = u32At(block, 0)
  const isNew = version === 5
  const isOne = magic === (isNew ? MAGIC.oneNew : MAGIC.oneOld)
  if (!isOne && magic !== (isNew ? MAGIC.oneOfNew : MAGIC.oneOfOld))
    return trouble('structure', 'a block of names that is none')
  if (isNew && u64At(block, OWNER_AT) !== inode.number)
    return trouble('structure', 'a block of names of another directory')
  if (isNew && !isSound(block, CRC_AT)) trouble('checksum', 'the checksum of a block of names differs')
  const hashes = isOne ? u32At(block, block.length - 8) : 0
  const end = block.length - (isOne ? 8 + 8 * hashes : 0)
  for (let at: number = isNew ? HEADER.new : HEADER.old; at + 8 <= end; ) {
    if (u16At(block, at) === FREE) {
      const length = u16At(block, at + 2)
      if (length < 8 || length % 8 !== 0) return trouble('structure', 'a gap between names that does not fit')
      at += length
      continue
    }
    const length = block[at + 8] ?? 0
    const size = Math.ceil((9 + length + (hasTypes ? 1 : 0) + 2) / 8) * 8
    if (length === 0 || at + size > end)
      return trouble('structure', 'a name of a directory that does not fit')
    const name = new Reader(block, 'big', at + 9).latin1(length)
    if (name !== '.' && name !== '..')
      yield { name, inode: u64At(block, at), isDirectory: hasTypes && block[at + 9 + length] === DIRECTORY }
    at += size
  }
}

/** What stands in a symbolic link. @throws FormatError, BytesError */
export function targetOf(volume: Volume, inode: Inode, trouble: Trouble): Uint8Array {
  const { content, size } = inode
  if (size > MOST_TARGET) throw new FormatError('structure', `a target of ${size} bytes`)
  if (content.kind === 'local') return content.data.subarray(0, size)
  const skip = volume.superblock.version === 5 ? TARGET_HEADER : 0
  const parts: Uint8Array[] = []
  for (const { physical, length } of runsOf(volume, inode.number, content, trouble)) {
    if (parts.length > MOST_TARGET / 512) break
    for (let i = 0; i < Math.min(length, MOST_TARGET / 512); i++)
      parts.push(volume.block(physical + i).subarray(skip))
  }
  return Buffer.concat(parts).subarray(0, size)
}

/** Linux takes no longer target. */
const MOST_TARGET = 4096
const TARGET_HEADER = 56
