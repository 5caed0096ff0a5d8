import { latin1, Reader } from '@messlatte/bytes'
import type { Trouble } from '../pieces.ts'
import { runsOf } from './blocks.ts'
import type { Inode } from './inode.ts'
import { isSound } from './superblock.ts'
import { u16At, type Volume } from './volume.ts'

type Attribute = readonly [name: string, value: string]

const FLAG = { local: 0x1, trusted: 0x2, security: 0x4, parent: 0x8, incomplete: 0x80 } as const
const MAGIC_AT = 8
const MAGIC = { old: 0xfbee, new: 0x3bee } as const
const CRC_AT = 12
/** Where the leaf's own fields stand, and its entries. */
const LEAF = { old: { countAt: 12, entriesAt: 32 }, new: { countAt: 56, entriesAt: 80 } } as const
const ENTRY = 8
/** Linux keeps no more of them in bytes. */
const MOST_BLOCKS = 4096

/** By their full names, in hexadecimal. @throws FormatError, BytesError */
export function attributesOf(
  volume: Volume,
  { number, attributes }: Inode,
  trouble: Trouble,
): Readonly<Record<string, string>> | undefined {
  if (!attributes || attributes.kind === 'other') return undefined
  const found: Attribute[] = []
  if (attributes.kind === 'local') found.push(...within(attributes.data))
  else {
    let left = MOST_BLOCKS
    for (const { physical, length } of runsOf(volume, number, attributes, trouble)) {
      for (let i = 0; i < length && left > 0; i++, left--)
        found.push(...inLeaf(volume, volume.block(physical + i), trouble))
    }
  }
  return found.length > 0 ? Object.fromEntries(found) : undefined
}

function within(data: Uint8Array): readonly Attribute[] {
  const reader = new Reader(data, 'big', 2)
  const found: Attribute[] = []
  let left = reader.u8()
  reader.skip(1)
  for (; left > 0; left--) {
    const [nameLength, valueLength, flags] = [reader.u8(), reader.u8(), reader.u8()]
    const [name, value] = [reader.take(nameLength), reader.take(valueLength)]
    if ((flags & FLAG.parent) === 0) found.push(named(flags, name, value))
  }
  return found
}

/** A leaf; other blocks hold what leads to leaves, or long values. */
function inLeaf(volume: Volume, block: Uint8Array, trouble: Trouble): readonly Attribute[] {
  const isNew = volume.superblock.version === 5
  if (u16At(block, MAGIC_AT) !== (isNew ? MAGIC.new : MAGIC.old)) return []
  if (isNew && !isSound(block, CRC_AT)) trouble('checksum', 'the checksum of a block of attributes differs')
  const { countAt, entriesAt } = isNew ? LEAF.new : LEAF.old
  const count = Math.min(u16At(block, countAt), Math.floor((block.length - entriesAt) / ENTRY))
  const found: Attribute[] = []
  let left = block.length
  for (let index = 0; index < count; index++) {
    const at = entriesAt + index * ENTRY
    const flags = block[at + 6] as number
    if ((flags & (FLAG.parent | FLAG.incomplete)) !== 0) continue
    const reader = new Reader(block, 'big', u16At(block, at + 4))
    if ((flags & FLAG.local) === 0) {
      reader.skip(4)
      trouble('unsupported', `an attribute of ${reader.u32()} bytes stands elsewhere; it is left out`)
      continue
    }
    const [valueLength, nameLength] = [reader.u16(), reader.u8()]
    left -= valueLength + nameLength
    if (left < 0) {
      trouble('structure', 'attributes that lie within each other; the rest is left out')
      break
    }
    found.push(named(flags, reader.take(nameLength), reader.take(valueLength)))
  }
  return found
}

function named(flags: number, name: Uint8Array, value: Uint8Array): Attribute {
  const prefix =
    (flags & FLAG.trusted) !== 0 ? 'trusted.' : (flags & FLAG.security) !== 0 ? 'security.' : 'user.'
  return [prefix + latin1(name), Buffer.from(value).toString('hex')]
}
