import { type Bytes, Reader } from '@messlatte/bytes'
import { FormatError, type Region, type Sink } from '../../contract.ts'
import { Allowance } from '../allowance.ts'
import type { Superblock } from './superblock.ts'

/** What an item belongs to, and where in it; items are sorted by that. */
export interface Key {
  readonly directory: number
  readonly object: number
  readonly offset: number
}

export interface Item {
  readonly key: Key
  readonly kind: 'stat' | 'indirect' | 'direct' | 'names' | 'other'
  /** Of an item of names: how many. */
  readonly count: number
  readonly view: Uint8Array
  /** Offset of the first byte of it in the source. */
  readonly at: number
  /** Block of the leaf, and the number of the item in it. */
  readonly place: { readonly block: number; readonly index: number }
}

const HEAD = 24
const KEY = 16
const CHILD = 8
const LEAF = 1
const KINDS = ['stat', 'indirect', 'direct', 'names'] as const
/** What stood for the kind before version 3.6. */
const OLD_KINDS: ReadonlyMap<number, Item['kind']> = new Map([
  [0, 'stat'],
  [0xffff_fffe, 'indirect'],
  [0xffff_ffff, 'direct'],
  [500, 'names'],
])

export class Tree {
  readonly #bytes: Bytes
  readonly #region: Region
  readonly #superblock: Superblock
  readonly #allowance: Allowance

  constructor(bytes: Bytes, region: Region, superblock: Superblock, spend?: Sink['spend']) {
    this.#bytes = bytes
    this.#region = region
    this.#superblock = superblock
    this.#allowance = new Allowance(region, spend)
  }

  /** Items from `key` on, in their order. @throws FormatError, BytesError */
  *from(key: Key): Generator<Item> {
    yield* this.#from(this.#superblock.root, this.#superblock.height - 1, key)
  }

  *#from(block: number, level: number, key: Key): Generator<Item> {
    const { view, count } = this.#block(block, level)
    if (level === LEAF) {
      let left = view.length
      for (let index = 0; index < count; index++) {
        const item = this.#item(view, block, index)
        left -= item.view.length
        if (left < 0) throw new FormatError('structure', 'items that share bytes')
        if (compare(item.key, key) >= 0) yield item
      }
      return
    }
    const children = HEAD + KEY * count
    let first = 0
    while (first < count && compare(keyAt(view, HEAD + KEY * first).key, key) <= 0) first++
    for (let index = first; index <= count; index++) {
      // What leads down to the first leaf is read for each search; what follows belongs to one object.
      if (index > first) this.#allowance.take(view.length)
      yield* this.#from(new Reader(view, 'little', children + CHILD * index).u32(), level - 1, key)
    }
  }

  /** The item at a place that an item told. @throws FormatError, BytesError */
  at({ block, index }: Item['place']): Item {
    const { view, count } = this.#block(block, LEAF)
    if (index >= count) throw new FormatError('structure', 'an item that is not there')
    return this.#item(view, block, index)
  }

  #block(block: number, level: number): { readonly view: Uint8Array; readonly count: number } {
    const { blockSize, blocks } = this.#superblock
    if (block >= blocks) throw new FormatError('structure', 'a block outside of the file system')
    const view = this.#bytes.view(this.#region.start + block * blockSize, blockSize)
    const reader = new Reader(view, 'little')
    const [found, count] = [reader.u16(), reader.u16()]
    const room = level === LEAF ? HEAD * (count + 1) : HEAD + KEY * count + CHILD * (count + 1)
    if (found !== level || room > blockSize)
      throw new FormatError('structure', `block ${block} is none of level ${level}`)
    return { view, count }
  }

  #item(view: Uint8Array, block: number, index: number): Item {
    const head = HEAD * (index + 1)
    const { key, kind } = keyAt(view, head)
    const reader = new Reader(view, 'little', head + KEY)
    const [count, length, from] = [reader.u16(), reader.u16(), reader.u16()]
    if (from + length > view.length) throw new FormatError('structure', 'an item outside of its block')
    const at = this.#region.start + block * this.#superblock.blockSize + from
    return { key, kind, count, view: view.subarray(from, from + length), at, place: { block, index } }
  }
}

/** From version 3.6 on, the four upper bits of an offset of 64 are the kind; before, it stood behind one of 32. */
function keyAt(view: Uint8Array, at: number): Pick<Item, 'key' | 'kind'> {
  const reader = new Reader(view, 'little', at)
  const [directory, object, low, high] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const kind = high >>> 28
  if (kind === 0 || kind === 15)
    return { key: { directory, object, offset: low }, kind: OLD_KINDS.get(high) ?? 'other' }
  const offset = (high & 0x0fff_ffff) * 2 ** 32 + low
  return { key: { directory, object, offset }, kind: KINDS[kind] ?? 'other' }
}

function compare(a: Key, b: Key): number {
  return a.directory - b.directory || a.object - b.object || a.offset - b.offset
}
