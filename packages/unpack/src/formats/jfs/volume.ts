import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Region, type Sink } from '../../contract.ts'
import { Allowance } from '../allowance.ts'
import type { InodeVolume } from '../inode-files.ts'
import type { InodeName } from '../inode-tree.ts'
import { copyStretch, typeOfMode } from '../members.ts'
import { type Piece, Pieces, type Trouble } from '../pieces.ts'
import { quietly } from '../telling.ts'
import { namesOf } from './directory.ts'
import { fileRuns } from './extents.ts'
import { attributeList, INLINE_AT, INODE, type Inode, parseInode, TREE_AT } from './inode.ts'
import { runOf, type Superblock } from './superblock.ts'

const ROOT = 2
/** The first inodes, of the file system's own files, lie at a fixed place; the 16th of them maps all others. */
const OWN_INODES_AT = 0xb000
const MAP = 16
/** A page of the map is of 4096 inodes, in 128 extents of 32; the first page is its head. */
const [PAGE, PER_PAGE, PER_EXTENT, EXTENTS_AT] = [4096, 4096, 32, 3072]
/** Longer targets lie in blocks. */
const INLINE_TARGET = 256
const MOST_TARGET = 4096

export class Volume implements InodeVolume {
  readonly root = ROOT
  readonly bytes: Bytes
  readonly region: Region
  readonly superblock: Superblock
  readonly #map: Pieces
  readonly #allowance: Allowance

  /** @throws FormatError, BytesError where its map of inodes cannot be told */
  constructor(bytes: Bytes, region: Region, superblock: Superblock, spend?: Sink['spend']) {
    this.bytes = bytes
    this.region = region
    this.superblock = superblock
    this.#allowance = new Allowance(region, spend)
    const map = parseInode(bytes.view(region.start + OWN_INODES_AT + MAP * INODE, INODE), MAP)
    this.#map = this.#piecesOf(map, map.size, () => {})
  }

  get size(): number {
    return this.superblock.size
  }

  get warnings(): readonly string[] {
    return this.superblock.isClean ? [] : ['it was not unmounted: what its log holds is not put in']
  }

  sizeOf(inode: number): number {
    return this.inode(inode).size
  }

  /** Blocks that follow on each other: names, maps or attributes of one inode. @throws FormatError, BytesError */
  blocks(block: number, length: number): Uint8Array {
    this.#allowance.take(length)
    return this.bytes.view(this.region.start + block * this.superblock.blockSize, length)
  }

  /** @throws FormatError, BytesError */
  inode(number: number): Inode {
    const page = (Math.floor(number / PER_PAGE) + 1) * PAGE
    const piece = lastAt(this.#map.list, page)
    if (!piece || page + PAGE > piece.at + piece.length)
      throw new FormatError('structure', `no place of inode ${number}`)
    const at = piece.from + page - piece.at + EXTENTS_AT + Math.floor((number % PER_PAGE) / PER_EXTENT) * 8
    const { block, count } = runOf(new Reader(this.bytes.view(at, 8), 'little'))
    if (count === 0) throw new FormatError('structure', `no place of inode ${number}`)
    const within = block * this.superblock.blockSize + (number % PER_EXTENT) * INODE
    return parseInode(this.bytes.view(this.region.start + within, INODE), number)
  }

  /** Undefined where the inode is not there or not in use. */
  describe(number: number, path: string): EntryMeta | undefined {
    const inode = quietly(() => this.inode(number))
    const type = inode && typeOfMode(inode.mode)
    if (!type) return undefined
    const { mode, uid, gid, mtime, device } = inode
    const xattrs = quietly(() => this.#attributes(inode)) ?? {}
    return {
      path,
      type,
      mode: mode & 0o7777,
      uid,
      gid,
      mtime,
      ...(type === 'symlink' && { target: quietly(() => this.#target(inode)) ?? '' }),
      ...((type === 'character' || type === 'block') && { device }),
      ...(Object.keys(xattrs).length > 0 && { xattrs }),
    }
  }

  #attributes({ attributes }: Inode): Record<string, string> {
    if (!attributes) return {}
    if (attributes instanceof Uint8Array) return attributeList(attributes)
    return attributeList(this.blocks(attributes.run.block, attributes.size))
  }

  #target(inode: Inode): string {
    const { size, view } = inode
    if (size <= INLINE_TARGET) return latin1(view.subarray(INLINE_AT, INLINE_AT + size))
    const out = new Uint8Array(Math.min(size, MOST_TARGET))
    for (const { at, length, from } of this.#piecesOf(inode, out.length, () => {}).list)
      copyStretch(this.bytes, from, out.subarray(at, at + length))
    return latin1(out)
  }

  /** @throws FormatError, BytesError */
  names(number: number): readonly InodeName[] {
    const { view } = this.inode(number)
    return [...namesOf(this, view.subarray(TREE_AT))].map(({ name, inode }) => ({
      name,
      inode,
      isDirectory: false,
    }))
  }

  /** Where a file lies: holes are left out. @throws FormatError, BytesError */
  pieces(number: number, size: number, trouble: Trouble): Pieces {
    return this.#piecesOf(this.inode(number), size, trouble)
  }

  #piecesOf({ view }: Inode, size: number, trouble: Trouble): Pieces {
    const { blockSize } = this.superblock
    const pieces = new Pieces(this.region, size, trouble)
    for (const { logical, block, count } of fileRuns(this, view.subarray(TREE_AT))) {
      const from = this.region.start + block * blockSize
      if (!pieces.add(logical * blockSize, count * blockSize, from)) break
    }
    return pieces
  }
}

/** The last of pieces in ascending order that begins at `offset` or before it. */
function lastAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  let [low, high] = [0, pieces.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((pieces[middle] as Piece).at <= offset) low = middle + 1
    else high = middle
  }
  return pieces[low - 1]
}
