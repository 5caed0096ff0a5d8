import { latin1 } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { crc32c } from '../crc32c.ts'
import { runsOf, type Trouble } from './blocks.ts'
import { type Inode, readInode } from './inode.ts'
import { u16At, u32At, type Volume } from './volume.ts'

/** An attribute: the number of its prefix, the rest of its name, its value. */
export interface Attribute {
  readonly prefix: number
  /** Byte string. */
  readonly name: string
  readonly value: Uint8Array
}

const MAGIC = 0xea02_0000
const BLOCK_HEADER = 32
const ENTRY = 16
/** What Linux takes as a value, in bytes. */
const MOST_VALUE = 65_536
const SYSTEM = 7
const PREFIXES = new Map([
  [1, 'user.'],
  [2, 'system.posix_acl_access'],
  [3, 'system.posix_acl_default'],
  [4, 'trusted.'],
  [6, 'security.'],
  [SYSTEM, 'system.'],
  [8, 'system.richacl'],
])

/** Attributes within the inode: their values lie from the first entry on. */
export function attributesWithin(volume: Volume, inode: Inode, trouble: Trouble): readonly Attribute[] {
  const { extra } = inode
  if (extra.length < 8 || u32At(extra, 0) !== MAGIC) return []
  return entries(volume, extra.subarray(4), 0, trouble)
}

/** Attributes in a block of their own: their values lie from the start of the block on. */
export function attributesBeside(volume: Volume, inode: Inode, trouble: Trouble): readonly Attribute[] {
  if (inode.attributes === 0) return []
  const block = volume.bytes.view(volume.placeOf(inode.attributes, 1), volume.superblock.blockSize)
  if (u32At(block, 0) !== MAGIC) throw new FormatError('structure', 'a block of attributes that is none')
  if (volume.hasChecksums && checksumOf(volume, inode.attributes, block) !== u32At(block, 16))
    trouble('checksum', 'the checksum of a block of attributes differs')
  return entries(volume, block, BLOCK_HEADER, trouble)
}

/** What of a short content does not fit into the inode's map. */
export function inlineRest(attributes: readonly Attribute[]): Uint8Array | undefined {
  return attributes.find(({ prefix, name }) => prefix === SYSTEM && name === 'data')?.value
}

/** By their full names, in hexadecimal; without the one that is content. */
export function shownAttributes(
  attributes: readonly Attribute[],
): Readonly<Record<string, string>> | undefined {
  const shown = attributes.filter(({ prefix, name }) => !(prefix === SYSTEM && name === 'data'))
  if (shown.length === 0) return undefined
  return Object.fromEntries(
    shown.map(({ prefix, name, value }) => [
      (PREFIXES.get(prefix) ?? `${prefix}.`) + name,
      Buffer.from(value).toString('hex'),
    ]),
  )
}

function entries(volume: Volume, area: Uint8Array, start: number, trouble: Trouble): readonly Attribute[] {
  const found: Attribute[] = []
  let left = area.length
  for (let at = start; at + ENTRY <= area.length && u32At(area, at) !== 0; ) {
    const nameLength = area[at] as number
    const from = u16At(area, at + 2)
    const holder = u32At(area, at + 4)
    const size = u32At(area, at + 8)
    const nameEnd = at + ENTRY + nameLength
    // Values belong to one attribute each, so that together they are no longer than the place.
    if (holder === 0) left -= size
    if (
      nameEnd > area.length ||
      size > MOST_VALUE ||
      left < 0 ||
      (holder === 0 && from + size > area.length)
    ) {
      trouble('structure', 'attributes that lie outside of their place')
      break
    }
    const value = holder === 0 ? area.subarray(from, from + size) : largeValue(volume, holder, size, trouble)
    found.push({ prefix: area[at + 1] as number, name: latin1(area.subarray(at + ENTRY, nameEnd)), value })
    at = Math.ceil(nameEnd / 4) * 4
  }
  return found
}

/** A large value is the content of an inode without a name. */
function largeValue(volume: Volume, holder: number, size: number, trouble: Trouble): Uint8Array {
  const { blockSize } = volume.superblock
  volume.allowance.take(size)
  const value = new Uint8Array(size)
  for (const { logical, physical, length } of runsOf(volume, readInode(volume, holder), trouble, size)) {
    for (let i = 0; i < length && (logical + i) * blockSize < size; i++) {
      const at = (logical + i) * blockSize
      value.set(volume.block(physical + i).subarray(0, size - at), at)
    }
  }
  return value
}

function checksumOf(volume: Volume, block: number, view: Uint8Array): number {
  const number = new Uint8Array(BigUint64Array.of(BigInt(block)).buffer)
  const head = crc32c(view.subarray(0, 16), crc32c(number, volume.superblock.seed))
  return crc32c(view.subarray(20), crc32c(new Uint8Array(4), head))
}
