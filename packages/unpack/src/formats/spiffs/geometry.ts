import { type Bytes, type Endian, Lens, Reader } from '@messlatte/bytes'
import { INDEX_FLAG, isUnused, nameAt, readPage } from './pages.ts'

/** Sizes in bytes that SPIFFS is used with. */
const PAGE_SIZES = [256, 512, 1024, 2048, 128]
/** From the smallest on: a magic that is the same in each block holds for multiples of the right size, too. */
const BLOCK_SIZES = [4096, 8192, 16_384, 32_768, 65_536, 131_072]
const ENDIANS: readonly Endian[] = ['little', 'big']
const MAGIC = 0x0529
const MAX_BLOCKS = 0xffff
/** Blocks that show the magic, and need no object to prove the layout. */
const CONVINCING = 4
/** Blocks among which an object has to be, where there is no magic. */
const FIRST_BLOCKS = 64

/** How a file system is laid out: nothing in it says so, but all of its blocks have to agree. */
export interface SpiffsGeometry {
  readonly start: number
  readonly pageSize: number
  readonly blockSize: number
  readonly endian: Endian
  readonly blockCount: number
  /** Behind the last block, or the end of the bytes. */
  readonly end: number
}

/** Pages of a block that list what lies in the others: two bytes for each. */
export function lookupPages({ pageSize, blockSize }: Pick<SpiffsGeometry, 'pageSize' | 'blockSize'>): number {
  return Math.max(1, Math.floor(((blockSize / pageSize) * 2) / pageSize))
}

/** All ways to lay a file system out, with the pages of its lookups. */
const SHAPES = PAGE_SIZES.flatMap((pageSize) =>
  BLOCK_SIZES.filter((blockSize) => blockSize / pageSize >= 2).map((blockSize) => ({
    pageSize,
    blockSize,
    lookup: lookupPages({ pageSize, blockSize }) * pageSize,
  })),
)
const SHAPES_BY_BLOCK = BLOCK_SIZES.map(
  (blockSize) => [blockSize, SHAPES.filter((shape) => shape.blockSize === blockSize)] as const,
)

/** The geometry of the file system that begins at `at`; undefined where none holds. Layout: spiffs, docs/TECH_SPEC and src/spiffs_nucleus.h. */
export function findGeometry(bytes: Bytes, at: number): SpiffsGeometry | undefined {
  return findByMagic(bytes, at) ?? findByContent(bytes, at)
}

/** Bytes in which the lookup of any layout ends. */
const HEAD = 2048

/**
 * With lookups of half and of two pages the magic lies at the same place, and fits both sizes with another count: of layouts
 * that hold, one counts whose blocks are there and whose first ones list what lies in them.
 */
function findByMagic(bytes: Bytes, at: number): SpiffsGeometry | undefined {
  const found = [...layoutsByMagic(bytes, at)]
  const whole = found.filter(({ blockCount, blockSize }) => at + blockCount * blockSize <= bytes.size)
  return (
    whole.find((shape) => countObjects(bytes, shape, Math.min(shape.blockCount, CONVINCING)) !== undefined) ??
    whole[0] ??
    found[0]
  )
}

function* layoutsByMagic(bytes: Bytes, at: number): Generator<SpiffsGeometry> {
  if (at + HEAD > bytes.size) return
  const head = bytes.view(at, HEAD)
  for (const [blockSize, shapes] of SHAPES_BY_BLOCK) {
    if (at + blockSize + HEAD > bytes.size) continue
    const next = bytes.view(at + blockSize, HEAD)
    for (const { pageSize, lookup } of shapes) {
      for (const endian of ENDIANS) {
        const first = numberIn(head, lookup - 4, endian) ^ MAGIC ^ pageSize
        const second = numberIn(next, lookup - 4, endian) ^ MAGIC ^ pageSize
        if (second !== first - 1 && (first !== 0 || second !== 0)) continue
        const shape = { start: at, pageSize, blockSize, endian }
        const blockCount = countByMagic(bytes, shape)
        if (blockCount !== undefined) yield { ...shape, blockCount, end: endOf(bytes, shape, blockCount) }
      }
    }
  }
}

/** A block with fewer pages says little by itself: without a magic, so many objects have to be there. */
const ENOUGH_PAGES = 8
const ENOUGH_OBJECTS = 3
/** Entries of a lookup that may be empty before one is in use. */
const FIRST_ENTRIES = 16

/** Of several layouts that hold, the one with the most objects counts: a wrong one breaks off soon. */
function findByContent(bytes: Bytes, at: number): SpiffsGeometry | undefined {
  if (at + FIRST_ENTRIES * 2 > bytes.size) return undefined
  let best: SpiffsGeometry | undefined
  let most = 0
  for (const endian of ENDIANS) {
    const lens = new Lens(bytes, endian)
    let used = 0
    while (used < FIRST_ENTRIES && isUnused(lens.u16(at + used * 2))) used++
    if (used === FIRST_ENTRIES) return undefined
    const id = lens.u16(at + used * 2)
    for (const { pageSize, blockSize, lookup } of SHAPES) {
      const page = at + lookup + used * pageSize
      if (at + blockSize > bytes.size || page + 2 > bytes.size || lens.u16(page) !== id) continue
      const shape = { start: at, pageSize, blockSize, endian }
      const { blocks, objects } = countByContent(bytes, shape)
      if (objects <= most || (blockSize / pageSize < ENOUGH_PAGES && objects < ENOUGH_OBJECTS)) continue
      most = objects
      best = { ...shape, blockCount: blocks, end: endOf(bytes, shape, blocks) }
    }
  }
  return best
}

function numberIn(view: Uint8Array, at: number, endian: Endian): number {
  const [first, second] = [view[at] as number, view[at + 1] as number]
  return endian === 'little' ? first + second * 256 : first * 256 + second
}

function endOf(
  bytes: Bytes,
  { start, blockSize }: Pick<Shape, 'start' | 'blockSize'>,
  blockCount: number,
): number {
  return Math.min(start + blockCount * blockSize, bytes.size)
}

type Shape = Pick<SpiffsGeometry, 'start' | 'pageSize' | 'blockSize' | 'endian'>

/** Each block has a magic that counts down to 1, or, where it was built without that, the same one. */
function countByMagic(bytes: Bytes, shape: Shape): number | undefined {
  const whole = Math.min(Math.floor((bytes.size - shape.start) / shape.blockSize), MAX_BLOCKS)
  const first = magicOf(bytes, shape, 0)
  const isConstant = first === 0
  const count = isConstant ? whole : first
  if (whole < 2 || count < 2) return undefined
  const holds = (index: number) => magicOf(bytes, shape, index) === (isConstant ? 0 : count - index)
  const blocks = Math.min(whole, count)
  let block = 1
  while (block < blocks && holds(block)) block++
  if (block < 2 || (block < CONVINCING && !countObjects(bytes, shape, block))) return undefined
  if (!isConstant && block < blocks && !mostHold(holds, Math.min(blocks, FIRST_BLOCKS))) return undefined
  // A block in the middle may be damaged: where the number is part of the magic, it is known all the same.
  return isConstant ? block : count
}

/** Two numbers one below the other are chance; a file system with a damaged block goes on behind it. */
function mostHold(holds: (block: number) => boolean, blocks: number): boolean {
  let held = 0
  for (let block = 0; block < blocks; block++) if (holds(block)) held++
  return held * 2 > blocks
}

/** The last but one entry of the lookup, without what the size of a page adds. */
function magicOf(bytes: Bytes, shape: Shape, block: number): number {
  const end = shape.start + block * shape.blockSize + lookupPages(shape) * shape.pageSize
  return new Reader(bytes.view(end - 4, 2), shape.endian).u16() ^ MAGIC ^ (shape.pageSize & 0xffff)
}

/** Without a magic, the lookups have to be those of the pages; the file system ends with the last block that has any. */
function countByContent(bytes: Bytes, shape: Shape): { readonly blocks: number; readonly objects: number } {
  const whole = Math.min(Math.floor((bytes.size - shape.start) / shape.blockSize), MAX_BLOCKS)
  let [objects, blocks] = [0, 0]
  for (let block = 0; block < whole; block++) {
    const more = countObjects(bytes, { ...shape, start: shape.start + block * shape.blockSize }, 1)
    if (more === undefined || (objects + more === 0 && block > FIRST_BLOCKS)) break
    objects += more
    if (isUsedBlock(bytes, shape, block)) blocks = block + 1
  }
  return { blocks, objects }
}

function isUsedBlock(bytes: Bytes, shape: Shape, block: number): boolean {
  return [...readLookup(bytes, shape, block)].some((id) => !isUnused(id))
}

export function* readLookup(bytes: Bytes, shape: Shape, block: number): Generator<number> {
  const pages = lookupPages(shape)
  const entries = shape.blockSize / shape.pageSize - pages
  const at = shape.start + block * shape.blockSize
  if (at + entries * 2 > bytes.size) return
  const reader = new Reader(bytes.view(at, entries * 2), shape.endian)
  for (let index = 0; index < entries; index++) yield reader.u16()
}

/** Objects whose first index page lies in these blocks; undefined where a lookup and its pages disagree. */
function countObjects(bytes: Bytes, shape: Shape, blocks: number): number | undefined {
  let objects = 0
  for (let block = 0; block < blocks; block++) {
    let at = shape.start + block * shape.blockSize + lookupPages(shape) * shape.pageSize
    for (const id of readLookup(bytes, shape, block)) {
      if (!isUnused(id)) {
        const page = readPage(bytes, at, shape.endian)
        if (!page || page.id !== id || !page.isUsed) return undefined
        if (page.isIndex !== id >= INDEX_FLAG) return undefined
        if (page.isIndex && page.part === 0) {
          if (!nameAt(bytes, at, shape.pageSize)) return undefined
          objects++
        }
      }
      at += shape.pageSize
    }
  }
  return objects
}
