import { type Bytes, cString, Reader } from '@messlatte/bytes'
import { Runs, type Stretch } from '../stretches.ts'

/** Bytes of a block, and of what it can carry. */
export const BLOCK = 512
const MAX_PAYLOAD = 476
const DATA_AT = 32
/** `UF2\n` and 0x9E5D5157, little endian. */
export const MAGIC = 'UF2\n\x57\x51\x5d\x9e'
const END_MAGIC = 0x0ab1_6f30

const FLAG_NOT_FLASH = 0x1
const FLAG_FILE = 0x1000
const FLAG_FAMILY = 0x2000
const FLAG_MD5 = 0x4000
const FLAG_TAGS = 0x8000
/** Bytes of the length and the type of a tag. */
const TAG_HEADER = 4
/** Of all tags of a part, so many different ones are kept. */
const MOST_TAGS = 64
/** Bytes of an area and its checksum, at the end of what a block can carry. */
const AREA = 24

/** A block, little endian (microsoft/uf2, README.md, "File format"). */
export interface Uf2Block {
  /** True where it is not to be written. */
  readonly notFlash: boolean
  /** In flash, or in a file. */
  readonly address: number
  /** Bytes. */
  readonly length: number
  readonly number: number
  readonly count: number
  readonly family: number | undefined
  /** Of a block of a file: its name (byte string). */
  readonly fileName: string | undefined
  readonly area: Uf2Area | undefined
  readonly tags: readonly Uf2Tag[]
}

/** A stretch of memory whose MD5 the file tells. */
export interface Uf2Area {
  readonly address: number
  /** Bytes. */
  readonly length: number
  /** Lower-case hex. */
  readonly md5: string
}

export interface Uf2Tag {
  readonly type: number
  readonly value: Uint8Array
}

/** The block at `at`, or undefined for what is none. */
export function parseUf2Block(bytes: Bytes, at: number): Uf2Block | undefined {
  if (at + BLOCK > bytes.size) return undefined
  const view = bytes.view(at, BLOCK)
  const reader = new Reader(view, 'little')
  if (reader.latin1(8) !== MAGIC || new Reader(view, 'little', BLOCK - 4).u32() !== END_MAGIC)
    return undefined
  const [flags, address, length] = [reader.u32(), reader.u32(), reader.u32()]
  const [number, count, family] = [reader.u32(), reader.u32(), reader.u32()]
  if (length > MAX_PAYLOAD || number >= count) return undefined
  const isFile = (flags & FLAG_FILE) !== 0
  return {
    notFlash: (flags & FLAG_NOT_FLASH) !== 0,
    address,
    length,
    number,
    count,
    family: (flags & FLAG_FAMILY) !== 0 ? family : undefined,
    fileName: isFile ? cString(view.subarray(DATA_AT + length, BLOCK - 4)) : undefined,
    area:
      (flags & FLAG_MD5) !== 0 && length <= MAX_PAYLOAD - AREA ? areaOf(view, address, length) : undefined,
    tags: (flags & FLAG_TAGS) !== 0 ? tagsOf(view, length, (flags & FLAG_MD5) !== 0) : [],
  }
}

/** At the end of what a block can carry; esptool puts it right behind a payload that is shorter. */
function areaOf(view: Uint8Array, address: number, length: number): Uf2Area | undefined {
  const last = readArea(view, MAX_PAYLOAD - AREA)
  if (last.length > 0) return last
  const next = readArea(view, length)
  return next.address === address && next.length === length && length > 0 ? next : undefined
}

function readArea(view: Uint8Array, at: number): Uf2Area {
  const reader = new Reader(view, 'little', DATA_AT + at)
  return { address: reader.u32(), length: reader.u32(), md5: Buffer.from(reader.take(16)).toString('hex') }
}

/** Behind the payload, each at a multiple of four bytes: length, type in three bytes, value. */
function tagsOf(view: Uint8Array, length: number, hasArea: boolean): readonly Uf2Tag[] {
  const tags: Uf2Tag[] = []
  const end = DATA_AT + MAX_PAYLOAD - (hasArea ? AREA : 0)
  for (let at = DATA_AT + align(length); at + TAG_HEADER <= end; ) {
    const size = view[at] as number
    const type = new Reader(view, 'little', at).u32() >>> 8
    if (size < TAG_HEADER || type === 0 || at + size > end) break
    tags.push({ type, value: view.slice(at + TAG_HEADER, at + size) })
    at += align(size)
  }
  return tags
}

function align(length: number): number {
  return Math.ceil(length / 4) * 4
}

/** What belongs together: the blocks of one family, or of one file within. */
export interface Uf2Part {
  readonly family: number | undefined
  readonly fileName: string | undefined
  readonly stretches: readonly Stretch[]
  readonly blocks: number
  /** Blocks that are announced and not there; of files, of all of them. */
  readonly missing: number
  /** By their type, the first value of each. */
  readonly tags: readonly Uf2Tag[]
  readonly areas: readonly Uf2Area[]
  /** Where the data of a block lies that begins at an address. */
  readonly places: ReadonlyMap<number, { readonly at: number; readonly length: number }>
}

/** Blocks are numbered through for a family; those of several files for all together, or for each. */
interface Numbered {
  readonly numbers: Set<number>
  count: number
  blocks: number
}

interface Growing extends Pick<Uf2Part, 'family' | 'fileName'> {
  readonly runs: Runs
  readonly own: Numbered
  readonly together: Numbered
  readonly tags: Map<number, Uf2Tag>
  readonly areas: Map<string, Uf2Area>
  readonly places: Map<number, { readonly at: number; readonly length: number }>
}

export interface Uf2File {
  readonly parts: readonly Uf2Part[]
  /** Blocks that are not for the flash. */
  readonly notFlash: number
  /** Behind the last block. */
  readonly end: number
}

/** The blocks from `start` on, one behind the other; undefined for what is none. */
export function readUf2File(bytes: Bytes, start: number): Uf2File | undefined {
  const parts = new Map<string, Growing>()
  const all = new Map<string, Numbered>()
  let [at, notFlash] = [start, 0]
  for (let block = parseUf2Block(bytes, at); block; block = parseUf2Block(bytes, at)) {
    const { family, fileName, address, length, number, count } = block
    at += BLOCK
    const counted = fileName === undefined ? `family ${family}` : 'files'
    const together = all.get(counted) ?? newNumbered()
    all.set(counted, together)
    addNumber(together, number, count)
    if (block.notFlash) {
      notFlash++
      continue
    }
    const name = `${family}/${fileName ?? ''}`
    const part: Growing = parts.get(name) ?? {
      ...{
        family,
        fileName,
        together,
        own: newNumbered(),
        runs: new Runs(),
        tags: new Map(),
        areas: new Map(),
        places: new Map(),
      },
    }
    parts.set(name, part)
    addNumber(part.own, number, count)
    part.runs.add({ address, length, from: at - BLOCK, to: at })
    part.places.set(address, { at: at - BLOCK + DATA_AT, length })
    if (block.area) part.areas.set(`${block.area.address}/${block.area.length}/${block.area.md5}`, block.area)
    for (const tag of block.tags)
      if (!part.tags.has(tag.type) && part.tags.size < MOST_TAGS) part.tags.set(tag.type, tag)
  }
  if (at === start) return undefined
  return { parts: [...parts.values()].map(finish), notFlash, end: at }
}

/** The tools for the RP2350 begin with a single block of this family that announces two (erratum E10 of the chip). */
const RP2_ABSOLUTE = 0xe48b_ff57

function newNumbered(): Numbered {
  return { numbers: new Set(), count: 0, blocks: 0 }
}

function addNumber(numbered: Numbered, number: number, count: number): void {
  numbered.numbers.add(number)
  numbered.count = Math.max(numbered.count, count)
  numbered.blocks++
}

function finish({ family, fileName, runs, own, together, tags, areas, places }: Growing): Uf2Part {
  const isOne = fileName === undefined || together.blocks === together.numbers.size
  const { numbers, count } = isOne ? together : own
  const missing = family === RP2_ABSOLUTE ? 0 : count - numbers.size
  return {
    ...{ family, fileName, stretches: runs.stretches(), blocks: numbers.size, missing, places },
    ...{ tags: [...tags.values()], areas: [...areas.values()] },
  }
}

/** What the blocks of a run carry for one part, in the order of the file. */
export function* dataOf(
  bytes: Bytes,
  { family, fileName }: Pick<Uf2Part, 'family' | 'fileName'>,
  from: number,
  to: number,
): Generator<Uint8Array> {
  for (let at = from; at < to; at += BLOCK) {
    const block = parseUf2Block(bytes, at)
    if (block && !block.notFlash && block.family === family && block.fileName === fileName)
      yield bytes.view(at + DATA_AT, block.length)
  }
}
