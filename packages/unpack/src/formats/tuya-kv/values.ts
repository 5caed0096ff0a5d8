import { cString, Reader } from '@messlatte/bytes'
import { type DataBlock, sumBytes } from './blocks.ts'

/** Bytes; a block has 32 of them, the first one is about the others. */
const PAGE = 128
const PAGES = 32
const MAP_AT = 14

/** What is kept under a name. */
export interface Value {
  readonly name: string
  readonly content: Buffer
  readonly sound: boolean
  /** Where its index lies, in bytes from the start of the source. */
  readonly at: number
}

interface Part {
  readonly block: number
  readonly first: number
  readonly last: number
}

/** The values of all blocks. Of two blocks of one number the first counts; each page belongs to one value. */
export function valuesOf(blocks: readonly DataBlock[], damaged: (name: string) => void): readonly Value[] {
  const byNumber = new Map(blocks.toReversed().map((block) => [block.number, block]))
  const taken = new Set<number>()
  const values: Value[] = []
  for (const block of byNumber.values()) {
    for (const page of indexPages(block)) {
      const index = indexAt(block, page)
      if (!index) continue
      const content = contentOf(index, byNumber, taken)
      if (content) values.push({ ...index, content, sound: index.sum === sumBytes(content) })
      else damaged(index.name)
    }
  }
  return values.sort((one, other) => one.at - other.at)
}

/** Bits of the map, lowest first, tell pages that begin a value. */
function* indexPages({ plain }: DataBlock): Generator<number> {
  const size = Math.min(plain[MAP_AT] as number, PAGES / 8)
  for (let page = 1; page < size * 8; page++)
    if (((plain[MAP_AT + 1 + (page >> 3)] as number) >> (page & 7)) & 1) yield page
}

interface Index {
  readonly name: string
  readonly sum: number
  /** Bytes. */
  readonly length: number
  readonly parts: readonly Part[]
  readonly at: number
}

function indexAt({ plain, number, at }: DataBlock, page: number): Index | undefined {
  const reader = new Reader(plain.subarray(page * PAGE, (page + 1) * PAGE), 'little')
  const [sum, length, block, place, parts] = [
    reader.u32(),
    reader.u32(),
    reader.u16(),
    reader.u8(),
    reader.u16(),
  ]
  reader.skip(4)
  const nameLength = reader.u8()
  if (block !== number || place !== page || reader.at + nameLength + parts * 4 > PAGE) return undefined
  const name = cString(reader.take(nameLength))
  const read = () => ({ block: reader.u16(), first: reader.u8(), last: reader.u8() })
  return { name, sum, length, parts: Array.from({ length: parts }, read), at: at + page * PAGE }
}

/** The pages of a value one behind the other, or undefined where they are not there, or belong to another value. */
function contentOf(
  { parts, length }: Index,
  blocks: ReadonlyMap<number, DataBlock>,
  taken: Set<number>,
): Buffer | undefined {
  const pages: Buffer[] = []
  for (const { block, first, last } of parts) {
    const plain = blocks.get(block)?.plain
    if (!plain || first === 0 || last >= PAGES) return undefined
    for (let page = first; page <= last; page++) {
      const place = block * PAGES + page
      if (taken.has(place)) return undefined
      taken.add(place)
      pages.push(plain.subarray(page * PAGE, (page + 1) * PAGE))
    }
  }
  return length <= pages.length * PAGE ? Buffer.concat(pages, length) : undefined
}

/** Bytes of the length and of the name in front of a protected value. */
const PROTECTED_HEADER = 36

/** What a protected block holds: length, name of 32 bytes and value, again and again. */
export function* protectedValues(content: Buffer): Generator<Pick<Value, 'name' | 'content'>> {
  for (let at = 0; at + PROTECTED_HEADER <= content.length; ) {
    const end = at + PROTECTED_HEADER + content.readUInt32LE(at)
    const name = cString(content.subarray(at + 4, at + PROTECTED_HEADER))
    if (end > content.length || name === '') return
    yield { name, content: content.subarray(at + PROTECTED_HEADER, end) }
    at = end
  }
}
