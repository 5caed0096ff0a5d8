import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import { distinctPaths } from '../members.ts'

/** Sizes of an erase block and of a block, in one number, and a chain that does not go on. */
export const MAGIC = '\x10\0\x04\0\xff\xff\xff\xff'
const ERASE_BLOCK = 0x10000
/** Bytes. */
export const BLOCK = 1024
/** The first block of each erase block holds the chains. */
const PER_ERASE_BLOCK = ERASE_BLOCK / BLOCK - 1
const CHAIN = 8
const ENTRY = 128
const PER_BLOCK = BLOCK / ENTRY
const NONE = 0xffffff
/** Flash is erased to ones: what is cleared holds. */
const [FREE, VALID, INVALID, FOLDER] = [0x80, 0x40, 0x20, 0x02] as const
const MOST_ENTRIES = 4096
const MOST_DEPTH = 16
/** Of flash: more blocks than any such device has. */
const MOST_BLOCKS = 256 * 1024

/** OpenWrt firmware-utils, mkh3cvfs.c: big endian. */
export interface H3cVfs {
  readonly entries: readonly VfsEntry[]
  readonly faults: readonly string[]
  readonly end: number
}

export interface VfsEntry {
  readonly path: string
  readonly folder: boolean
  /** Bytes. */
  readonly length: number
  /** Seconds since 1970; the time zone is not told. */
  readonly mtime: number
  readonly blocks: readonly number[]
}

export function offsetOfBlock(block: number): number {
  return ERASE_BLOCK * Math.floor(block / PER_ERASE_BLOCK) + BLOCK * (1 + (block % PER_ERASE_BLOCK))
}

function offsetOfChain(block: number): number {
  return ERASE_BLOCK * Math.floor(block / PER_ERASE_BLOCK) + CHAIN * (block % PER_ERASE_BLOCK)
}

/** The file system at `at`, or undefined without a root. */
export function parseH3cVfs(bytes: Bytes, at: number): H3cVfs | undefined {
  if (at + 2 * BLOCK > bytes.size || latin1(bytes.view(at, MAGIC.length)) !== MAGIC) return undefined
  const root: Entry | undefined = entryAt(bytes.view(at + offsetOfBlock(0), ENTRY))
  if (root === undefined || root.name !== '' || root.block === NONE) return undefined
  const tree = new Tree(bytes, at)
  tree.folder(root.block, '', 0)
  return tree.result()
}

class Tree {
  readonly #bytes: Bytes
  readonly #at: number
  readonly #entries: VfsEntry[] = []
  readonly #faults = new Set<string>()
  readonly #folders = new Set<number>()
  #last = 0
  #blocks = 0

  constructor(bytes: Bytes, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  folder(block: number, path: string, depth: number): void {
    if (this.#folders.has(block)) return
    this.#folders.add(block)
    const pathOf = distinctPaths()
    for (const part of this.#chain(block)) {
      const from = this.#at + offsetOfBlock(part)
      if (from + BLOCK > this.#bytes.size) break
      for (let index = 0; index < PER_BLOCK; index++) {
        const entry = entryAt(this.#bytes.view(from + index * ENTRY, ENTRY))
        if (!entry || entry.name === '' || entry.name.includes('/')) continue
        if (this.#entries.length >= MOST_ENTRIES) {
          this.#faults.add(`there are more than ${MOST_ENTRIES} files`)
          return
        }
        const inner = `${path}${pathOf(entry.name, this.#entries.length)}`
        const blocks = entry.folder ? [] : this.#chain(entry.block)
        const { folder, length, mtime } = entry
        this.#entries.push({
          path: inner,
          folder,
          length: Math.min(length, MOST_BLOCKS * BLOCK),
          mtime,
          blocks,
        })
        if (folder && depth < MOST_DEPTH) this.folder(entry.block, `${inner}/`, depth + 1)
      }
    }
  }

  /** The blocks from `first` on, each once. */
  #chain(first: number): readonly number[] {
    const blocks = new Set<number>()
    for (
      let block = first;
      block !== NONE && !blocks.has(block) && this.#blocks < MOST_BLOCKS;
      this.#blocks++
    ) {
      const chain = this.#at + offsetOfChain(block)
      if (this.#at + offsetOfBlock(block) >= this.#bytes.size) break
      const reader = new Reader(this.#bytes.view(chain, CHAIN), 'big')
      if ((reader.u8() & (FREE | VALID)) !== 0) break
      blocks.add(block)
      this.#last = Math.max(this.#last, block)
      reader.skip(3)
      block = reader.u32() & NONE
    }
    return [...blocks]
  }

  result(): H3cVfs {
    const end = this.#at + ERASE_BLOCK * (1 + Math.floor(this.#last / PER_ERASE_BLOCK))
    return { entries: this.#entries, faults: [...this.#faults], end }
  }
}

interface Entry {
  readonly folder: boolean
  readonly length: number
  readonly mtime: number
  readonly block: number
  readonly name: string
}

function entryAt(view: Uint8Array): Entry | undefined {
  const reader = new Reader(view, 'big')
  const flags = reader.u8()
  if ((flags & (FREE | VALID)) !== 0 || (flags & INVALID) === 0) return undefined
  reader.skip(5)
  const [year, month, day] = [reader.u16(), reader.u8(), reader.u8()]
  const [hour, minute, second] = [reader.u8(), reader.u8(), reader.u8()]
  reader.skip(3)
  const length = reader.u32()
  reader.skip(8)
  const block = reader.u32() & NONE
  const name = reader.take(96)
  const time = Date.UTC(year, month - 1, day, hour, minute, second) / 1000
  return {
    folder: (flags & FOLDER) === 0,
    length,
    mtime: Number.isFinite(time) ? time : 0,
    block,
    name: name[0] === 0xff ? '' : cString(name),
  }
}
