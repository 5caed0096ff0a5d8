import { type Bytes, BytesError, Reader } from '@messlatte/bytes'
import { FormatError, type Region } from '../../contract.ts'
import { type Chunk, Chunks, chunkSize, parseChunk } from './chunks.ts'
import { isSound, readSuperblock, type Superblock } from './superblock.ts'

export interface Item {
  readonly object: number
  readonly type: number
  readonly offset: number
  readonly data: Uint8Array
}

/** A tree, by the logical address of its root. */
export interface Root {
  readonly address: number
  readonly level: number
}

/** What a search looks for: items of one object and type, from one offset on; all of them where nothing is said. */
export interface Wanted {
  readonly object: number
  readonly type: number
  readonly from: number
  /** Last offset that counts. */
  readonly to: number
}

/** Told of a node that cannot be read, or not be trusted. */
export type Tell = (error: FormatError | BytesError, address: number) => void

const SUM_TREE = 7
const KEY = 17
const HEADER = 101
const ROOT_ITEM = 239
const ITEM = KEY + 8
const POINTER = KEY + 16
export const TYPE = {
  inode: 1,
  inodeRef: 12,
  xattr: 24,
  name: 96,
  extent: 108,
  sum: 128,
  root: 132,
  rootRef: 156,
  chunk: 228,
} as const

/** A file system as far as one pass over it needs it. */
export class Volume {
  readonly bytes: Bytes
  readonly region: Region
  readonly superblock: Superblock
  readonly chunks: Chunks
  /** Nodes whose checksum is known, so that it is compared once. */
  readonly #known = new Map<number, Uint8Array>()
  #sumTree: { readonly root: Root | undefined } | undefined

  /** @throws FormatError, BytesError where the chunks cannot be found */
  constructor(bytes: Bytes, region: Region, tell: Tell = () => {}) {
    this.bytes = bytes
    this.region = region
    this.superblock = readSuperblock(bytes, region.start) as Superblock
    const { systemChunks, device, chunkRoot, chunkRootLevel } = this.superblock
    const first = systemChunksOf(systemChunks, device)
    this.chunks = new Chunks(first)
    const more: Chunk[] = []
    this.node(chunkRoot, chunkRootLevel, tell)
    for (const { type, offset, data } of this.items({ address: chunkRoot, level: chunkRootLevel }, tell))
      if (type === TYPE.chunk && data.length >= chunkSize(data)) more.push(parseChunk(data, offset, device))
    this.chunks = new Chunks([...first, ...more])
    this.#known.clear()
  }

  /** Items of a tree in the order of their keys; a node counts once, and one that cannot be read is told. */
  *items(root: Root, tell: Tell, wanted?: Wanted): Generator<Item> {
    const seen = new Set<number>()
    const pending = [root]
    for (let next = pending.pop(); next; next = pending.pop()) {
      const view = this.#attempt(next, seen, tell)
      if (!view) continue
      if (next.level === 0) {
        yield* itemsIn(view, wanted)
        continue
      }
      const { level } = next
      const children = childrenOf(view, wanted)
      for (let i = children.length - 1; i >= 0; i--)
        pending.push({ address: children[i] as number, level: level - 1 })
    }
  }

  #attempt({ address, level }: Root, seen: Set<number>, tell: Tell): Uint8Array | undefined {
    try {
      if (seen.has(address)) throw new FormatError('loop', `a node at ${address} that was seen before`)
      seen.add(address)
      return this.node(address, level, tell)
    } catch (error) {
      if (!(error instanceof FormatError) && !(error instanceof BytesError)) throw error
      tell(error, address)
      return undefined
    }
  }

  /**
   * A node of a tree: the copy of it whose checksum is right, or else, and that is told, one that says that it is the node.
   * @throws FormatError, BytesError
   */
  node(address: number, level: number, tell: Tell): Uint8Array {
    const known = this.#known.get(address)
    if (known && known[HEADER - 1] === level) return known
    const { nodeSize, sumType } = this.superblock
    const places = this.chunks.placesOf(address, nodeSize).map((place) => this.region.start + place)
    const there = places.filter((at) => at + nodeSize <= this.region.end)
    const copies = there
      .map((at) => this.bytes.view(at, nodeSize))
      .filter((view) => this.#isNode(view, address, level))
    const found = copies.find((view) => isSound(view, sumType) !== false) ?? copies[0]
    if (!found && there.length < places.length)
      throw new FormatError('truncated', `the node at ${address} lies behind the end`)
    if (!found) throw new FormatError('structure', `at ${address} there is no node of level ${level}`)
    if (isSound(found, sumType) === false)
      tell(new FormatError('checksum', `the checksum of the node at ${address} differs`), address)
    this.#known.set(address, found)
    return found
  }

  #isNode(view: Uint8Array, address: number, level: number): boolean {
    return (
      new Reader(view, 'little', 48).size64() === address &&
      view[HEADER - 1] === level &&
      this.superblock.id.every((byte, index) => byte === view[32 + index])
    )
  }

  /** The tree of the checksums of contents; undefined where there is none. */
  get sumTree(): Root | undefined {
    if (this.#sumTree !== undefined) return this.#sumTree.root
    const { root, rootLevel } = this.superblock
    const wanted = { object: SUM_TREE, type: TYPE.root, from: 0, to: Number.MAX_SAFE_INTEGER }
    const items = [...this.items({ address: root, level: rootLevel }, () => {}, wanted)]
    const own = items.find(({ object, type }) => object === SUM_TREE && type === TYPE.root)
    this.#sumTree = { root: own && rootOf(own) }
    return this.#sumTree.root
  }

  /** Where a stretch of a file lies in the source: the first copy that is there as a whole. @throws FormatError */
  placeOf(logical: number, length: number): number {
    const places = this.chunks.placesOf(logical, length).map((place) => this.region.start + place)
    return places.find((place) => place + length <= this.region.end) ?? (places[0] as number)
  }
}

/** Where a tree begins; undefined where its item is too short. */
export function rootOf({ data }: Item): Root | undefined {
  if (data.length < ROOT_ITEM) return undefined
  return { address: new Reader(data, 'little', 176).size64(), level: data[ROOT_ITEM - 1] as number }
}

function systemChunksOf(list: Uint8Array, device: number): readonly Chunk[] {
  const found: Chunk[] = []
  for (let at = 0; at + KEY < list.length; ) {
    const logical = new Reader(list, 'little', at + 9).size64()
    const item = list.subarray(at + KEY)
    const size = chunkSize(item)
    if (size > item.length) break
    found.push(parseChunk(item, logical, device))
    at += KEY + size
  }
  return found
}

function countOf(view: Uint8Array, size: number): number {
  return Math.min(new Reader(view, 'little', 96).u32(), Math.floor((view.length - HEADER) / size))
}

interface Key {
  readonly object: number
  readonly type: number
  readonly offset: number
}

function keyAt(view: Uint8Array, at: number): Key {
  const reader = new Reader(view, 'little', at)
  return { object: reader.size64(), type: reader.u8(), offset: reader.size64() }
}

/** Negative before what is looked for, positive behind it. */
function compare(key: Key, { object, type }: Wanted, offset: number): number {
  if (key.object !== object) return key.object < object ? -1 : 1
  if (key.type !== type) return key.type - type
  return key.offset === offset ? 0 : key.offset < offset ? -1 : 1
}

/** The first of `count` keys that is not before what is looked for. */
function firstAt(view: Uint8Array, count: number, size: number, wanted: Wanted): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(keyAt(view, HEADER + middle * size), wanted, wanted.from) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function* itemsIn(view: Uint8Array, wanted: Wanted | undefined): Generator<Item> {
  const count = countOf(view, ITEM)
  // The item before it may reach into what is looked for.
  const first = wanted ? Math.max(0, firstAt(view, count, ITEM, wanted) - 1) : 0
  // Items do not share bytes, so that together they are no longer than the node.
  let left = view.length
  for (let index = first; index < count; index++) {
    const at = HEADER + index * ITEM
    const key = keyAt(view, at)
    if (wanted && compare(key, wanted, wanted.to) > 0) return
    const place = new Reader(view, 'little', at + KEY)
    const [from, size] = [HEADER + place.u32(), place.u32()]
    left -= size
    if (left < 0) return
    if (from + size <= view.length) yield { ...key, data: view.subarray(from, from + size) }
  }
}

function childrenOf(view: Uint8Array, wanted: Wanted | undefined): readonly number[] {
  const count = countOf(view, POINTER)
  const first = wanted ? Math.max(0, firstAt(view, count, POINTER, wanted) - 1) : 0
  const children: number[] = []
  for (let index = first; index < count; index++) {
    const at = HEADER + index * POINTER
    if (wanted && index > first && compare(keyAt(view, at), wanted, wanted.to) > 0) break
    children.push(new Reader(view, 'little', at + KEY).size64())
  }
  return children
}
