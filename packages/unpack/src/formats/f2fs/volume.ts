import { type Bytes, Reader } from '@messlatte/bytes'
import { FormatError, type Region } from '../../contract.ts'
import { type Checkpoint, readCheckpoint } from './checkpoint.ts'
import { BLOCK, PER_SEGMENT, readSuperblock, type Superblock } from './superblock.ts'

const NAT_ENTRY = 9
const PER_NAT_BLOCK = Math.floor(BLOCK / NAT_ENTRY)
/** A table of 45 million nodes: more are not searched for what has no name. */
const MOST_NAT_BLOCKS = 100_000
const EMPTY = Buffer.alloc(BLOCK)
/** Where a node's footer stands: its own number, and that of its inode. */
const FOOTER = BLOCK - 24

/** A file system as far as one pass over it needs it. */
export class Volume {
  readonly bytes: Bytes
  readonly region: Region
  readonly superblock: Superblock
  readonly checkpoint: Checkpoint
  readonly #claimed = new Set<number>()

  /** @throws FormatError where it has no superblock or no checkpoint */
  constructor(bytes: Bytes, region: Region) {
    const superblock = readSuperblock(bytes, region.start)
    const checkpoint = superblock && readCheckpoint(bytes, region, superblock)
    if (!checkpoint) throw new FormatError('structure', 'no checkpoint holds')
    this.bytes = bytes
    this.region = region
    this.superblock = superblock
    this.checkpoint = checkpoint
  }

  /** Numbers that a node may have, and one more. */
  get nodes(): number {
    return (this.superblock.natSegments / 2) * PER_SEGMENT * PER_NAT_BLOCK
  }

  /** A node of an inode, or the inode itself. @throws FormatError, BytesError */
  node(number: number, inode: number): Uint8Array {
    const view = this.block(this.#placeOfNode(number))
    const footer = new Reader(view, 'little', FOOTER)
    if (footer.u32() !== number || footer.u32() !== inode)
      throw new FormatError('structure', `where node ${number} should lie, another one does`)
    return view
  }

  /** Blocks that hold names belong to one directory each. @throws FormatError, BytesError */
  ownBlock(address: number): Uint8Array {
    if (this.#claimed.has(address)) throw new FormatError('loop', 'a block of names that was seen before')
    this.#claimed.add(address)
    return this.block(address)
  }

  /** @throws FormatError, BytesError */
  block(address: number): Uint8Array {
    return this.bytes.view(this.placeOf(address), BLOCK)
  }

  /** Where a block of a file or node lies in the source. @throws FormatError outside of their area */
  placeOf(address: number): number {
    const { mainAt, mainEnd } = this.superblock
    if (!(address >= mainAt && address < mainEnd))
      throw new FormatError('structure', `block ${address} lies outside of ${mainAt} to ${mainEnd}`)
    return this.region.start + address * BLOCK
  }

  /** Inodes in the table of nodes, as far as it is there. */
  *inodes(): Generator<number> {
    yield* this.checkpoint.journal.keys()
    const blocks = Math.min(this.nodes / PER_NAT_BLOCK, MOST_NAT_BLOCKS)
    for (let index = 0; index < blocks; index++) {
      const at = this.#placeOfTable(index)
      if (at + BLOCK > this.region.end) return
      const view = this.bytes.view(at, BLOCK)
      if (EMPTY.equals(view)) continue
      for (let entry = 0; entry < PER_NAT_BLOCK; entry++) {
        const number = index * PER_NAT_BLOCK + entry
        const { inode, address } = entryIn(view, entry)
        if (number >= this.superblock.root && inode === number && address !== 0) yield number
      }
    }
  }

  #placeOfNode(number: number): number {
    const known = this.checkpoint.journal.get(number)
    const address = known ?? this.#addressInTable(number)
    if (address === 0) throw new FormatError('structure', `node ${number} is not in use`)
    return address
  }

  #addressInTable(number: number): number {
    if (!(number > 0 && number < this.nodes))
      throw new FormatError('structure', `node ${number} of ${this.nodes}`)
    const at = this.#placeOfTable(Math.floor(number / PER_NAT_BLOCK))
    const view = this.bytes.view(at + (number % PER_NAT_BLOCK) * NAT_ENTRY, NAT_ENTRY)
    return entryIn(view, 0).address
  }

  /** The one of the two copies of a block of the table that counts. */
  #placeOfTable(index: number): number {
    const isSecond = ((this.checkpoint.natBitmap[index >>> 3] as number) & (0x80 >>> (index & 7))) !== 0
    const segment = 2 * Math.floor(index / PER_SEGMENT) + (isSecond ? 1 : 0)
    return this.region.start + (this.superblock.natAt + segment * PER_SEGMENT + (index % PER_SEGMENT)) * BLOCK
  }
}

/** An entry of the table of nodes, behind a byte for its version. */
function entryIn(view: Uint8Array, index: number): { readonly inode: number; readonly address: number } {
  const reader = new Reader(view, 'little', index * NAT_ENTRY + 1)
  return { inode: reader.u32(), address: reader.u32() }
}
