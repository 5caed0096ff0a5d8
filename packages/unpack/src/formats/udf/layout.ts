import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { TAG, tagAt } from './tags.ts'

/** Where the sectors that tell what a volume is begin, in bytes, and how they are apart. */
const SEQUENCE_AT = 0x8000
const SEQUENCE_STEP = 2048
const SEQUENCE_SECTORS = 16
const NAMES = ['NSR02', 'NSR03']
const BLOCK_SIZES = [2048, 512, 4096, 1024]
/** Blocks at which an anchor may lie: the usual place, and that of discs that are not closed. */
const ANCHORS = [256, 512]
const MOST_DESCRIPTORS = 256
/** The last anchor lies behind all else, at most so many blocks. */
const MOST_TAIL = 1024
const MOST_MAPS = 16

/** Where on a disc, in blocks of it. */
export interface Extent {
  readonly block: number
  /** Bytes. */
  readonly length: number
}

/** A block of a partition. */
export interface Address {
  /** Index into the maps of the volume. */
  readonly map: number
  readonly block: number
}

/** How the volume makes a partition out of one on the disc. */
export type PartitionMap =
  | { readonly kind: 'plain' | 'virtual'; readonly number: number }
  | {
      readonly kind: 'spared'
      readonly number: number
      readonly packet: number
      readonly tables: readonly number[]
    }
  | { readonly kind: 'metadata'; readonly number: number; readonly file: number; readonly mirror: number }

export interface Layout {
  /** Bytes of a block. */
  readonly blockSize: number
  /** Partitions on the disc, by their number. */
  readonly partitions: ReadonlyMap<number, Extent>
  readonly maps: readonly PartitionMap[]
  readonly fileSet: Address
  /** Blocks, as far as is told. */
  readonly blocks: number
}

/** @throws BytesError */
export function readLayout(bytes: Bytes, start: number): Layout | undefined {
  if (!isAnnounced(bytes, start)) return undefined
  for (const blockSize of BLOCK_SIZES) {
    for (const block of ANCHORS) {
      const extents = anchorAt(bytes, start, blockSize, block)
      const layout = extents && readVolume(bytes, start, blockSize, extents)
      if (layout) return layout
    }
  }
  return undefined
}

function isAnnounced(bytes: Bytes, start: number): boolean {
  for (let index = 0; index < SEQUENCE_SECTORS; index++) {
    const at = start + SEQUENCE_AT + index * SEQUENCE_STEP
    if (at + 6 > bytes.size) return false
    if (NAMES.includes(latin1(bytes.view(at + 1, 5)))) return true
  }
  return false
}

/** The main list of descriptors and its copy. */
function anchorAt(
  bytes: Bytes,
  start: number,
  blockSize: number,
  block: number,
): readonly Extent[] | undefined {
  const at = start + block * blockSize
  if (at + blockSize > bytes.size) return undefined
  const tag = tagAt(bytes, at)
  if (tag?.id !== TAG.anchor || tag.location !== block) return undefined
  const reader = new Reader(bytes.view(at + 16, 16), 'little')
  return [0, 1].map(() => extentOf(reader))
}

function extentOf(reader: Reader): Extent {
  const length = reader.u32()
  return { length, block: reader.u32() }
}

function readVolume(
  bytes: Bytes,
  start: number,
  blockSize: number,
  lists: readonly Extent[],
): Layout | undefined {
  for (const list of lists) {
    const partitions = new Map<number, Extent>()
    let volume: Pick<Layout, 'maps' | 'fileSet'> | undefined
    for (const { id, at } of descriptorsIn(bytes, start, blockSize, list)) {
      if (id === TAG.partition) {
        const reader = new Reader(bytes.view(at, 196), 'little', 22)
        const number = reader.u16()
        reader.at = 188
        const [block, blocks] = [reader.u32(), reader.u32()]
        partitions.set(number, { block, length: blocks * blockSize })
      }
      if (id === TAG.volume) volume = volumeAt(bytes, at, blockSize) ?? volume
    }
    if (!volume || volume.maps.some(({ number }) => !partitions.has(number))) continue
    if (volume.fileSet.map >= volume.maps.length) continue
    const ends = [...lists, ...partitions.values()].map(({ block, length }) => block + length / blockSize)
    const told = Math.ceil(Math.max(...ends))
    return { blockSize, partitions, ...volume, blocks: behindLastAnchor(bytes, start, blockSize, told) }
  }
  return undefined
}

function* descriptorsIn(bytes: Bytes, start: number, blockSize: number, list: Extent) {
  let { block, length } = list
  for (let count = 0; count < MOST_DESCRIPTORS && length >= blockSize; count++) {
    const at = start + block * blockSize
    const tag = at + blockSize <= bytes.size ? tagAt(bytes, at) : undefined
    if (!tag || tag.id === TAG.end) return
    block++
    length -= blockSize
    if (tag.id === TAG.pointer) ({ block, length } = extentOf(new Reader(bytes.view(at + 20, 8), 'little')))
    else yield { id: tag.id, at }
  }
}

/** The logical volume: the size of its blocks, where its files are listed, and its partitions (ECMA-167, section 3/10.6). */
function volumeAt(bytes: Bytes, at: number, blockSize: number): Pick<Layout, 'maps' | 'fileSet'> | undefined {
  const reader = new Reader(bytes.view(at, 440), 'little', 212)
  if (reader.u32() !== blockSize) return undefined
  reader.at = 252
  const fileSet = addressOf(reader)
  reader.at = 264
  const [length, count] = [reader.u32(), reader.u32()]
  if (count < 1 || count > MOST_MAPS || length > 64 * MOST_MAPS) return undefined
  const maps = mapsOf(bytes.view(at + 440, length), count)
  return maps && { fileSet, maps }
}

export function addressOf(reader: Reader): Address {
  const block = reader.u32()
  return { block, map: reader.u16() }
}

function mapsOf(table: Uint8Array, count: number): readonly PartitionMap[] | undefined {
  const maps: PartitionMap[] = []
  for (let at = 0; maps.length < count; ) {
    const [type, length] = [table[at], table[at + 1] ?? 0]
    if (at + length > table.length) return undefined
    const map = mapOf(type, new Reader(table.subarray(at, at + length), 'little'))
    if (!map) return undefined
    maps.push(map)
    at += length
  }
  return maps
}

/** Type 1 is a partition as it is; type 2 says by name what is made of it (UDF 2.60, sections 2.2.8 to 2.2.10). */
function mapOf(type: number | undefined, map: Reader): PartitionMap | undefined {
  if (type === 1 && map.left === 6) {
    map.at = 4
    return { kind: 'plain', number: map.u16() }
  }
  if (type !== 2 || map.left !== 64) return undefined
  map.at = 5
  const name = map.latin1(23).split('\0', 1)[0]
  map.at = 38
  const number = map.u16()
  switch (name) {
    case '*UDF Virtual Partition':
      return { kind: 'virtual', number }
    case '*UDF Sparable Partition': {
      const packet = map.u16()
      const count = map.u8()
      map.at = 48
      return packet < 1 || count > 4
        ? undefined
        : { kind: 'spared', number, packet, tables: Array.from({ length: count }, () => map.u32()) }
    }
    case '*UDF Metadata Partition':
      return { kind: 'metadata', number, file: map.u32(), mirror: map.u32() }
    default:
      return undefined
  }
}

/** Further anchors lie at the end, one of them 256 blocks before it. */
function behindLastAnchor(bytes: Bytes, start: number, blockSize: number, told: number): number {
  let blocks = told
  for (let block = told; block < told + MOST_TAIL; block++)
    if (anchorAt(bytes, start, blockSize, block)) blocks = block + 1
  return blocks
}
