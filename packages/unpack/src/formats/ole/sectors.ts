import { type Bytes, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { copyStretch } from '../members.ts'

export const MAGIC = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
const HEADER = 512
const IN_HEADER = 109
const LITTLE_ENDIAN = 0xfffe
const CUTOFF = 4096
/** What stands in the table for a sector that is none of a chain. */
const [FREE, LAST] = [0xffff_ffff, 0xffff_fffa] as const

/** Little endian. Sector 0 begins behind the header, which takes the place of a sector. */
export interface Compound {
  /** Of a sector, and of the small sectors that short streams lie in, as powers of two. */
  readonly shift: number
  readonly smallShift: number
  readonly directory: number
  readonly small: { readonly first: number; readonly count: number }
  readonly tables: { readonly count: number; readonly more: number; readonly listed: readonly number[] }
}

/** The header at `start`; undefined for what is none. @throws BytesError */
export function parseHeader(bytes: Bytes, start: number): Compound | undefined {
  const reader = new Reader(bytes.view(start, HEADER), 'little')
  if (reader.latin1(8) !== MAGIC) return undefined
  reader.skip(18)
  const [version, order, shift, smallShift] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()]
  if (order !== LITTLE_ENDIAN || smallShift !== 6 || shift !== (version === 4 ? 12 : 9)) return undefined
  reader.skip(10)
  const [count, directory] = [reader.u32(), reader.u32()]
  reader.skip(4)
  const [cutoff, first, smallCount, more] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  reader.skip(4)
  if (cutoff !== CUTOFF || count === 0) return undefined
  const listed = Array.from({ length: Math.min(count, IN_HEADER) }, () => reader.u32())
  return {
    shift,
    smallShift,
    directory,
    small: { first, count: smallCount },
    tables: { count, more, listed },
  }
}

/** Which sector follows each one, and whether all of that is there. */
export interface Table {
  readonly next: Uint32Array
  readonly isWhole: boolean
}

/** The table as far as the bytes go; undefined where not even its first part is there. @throws FormatError */
export function readTable(bytes: Bytes, start: number, { shift, tables }: Compound): Table | undefined {
  const size = 2 ** shift
  const most = Math.ceil((bytes.size - start) / size)
  const places = [...tables.listed]
  let { more } = tables
  while (places.length < tables.count && more < LAST) {
    const at = start + (more + 1) * size
    if (at + size > bytes.size || places.length > most) break
    const reader = new Reader(bytes.view(at, size), 'little')
    while (reader.left > 4 && places.length < tables.count) places.push(reader.u32())
    reader.at = size - 4
    more = reader.u32()
  }
  if (places.length > most) throw new FormatError('structure', 'more tables than there are sectors')
  const table = new Uint8Array(places.length * size).fill(0xff)
  const there = places.filter((place) => start + (place + 2) * size <= bytes.size)
  if (there[0] !== places[0]) return undefined
  for (const [index, place] of places.entries())
    if (start + (place + 2) * size <= bytes.size)
      copyStretch(bytes, start + (place + 1) * size, table.subarray(index * size, (index + 1) * size))
  return { next: numbers(table), isWhole: there.length === tables.count }
}

export function numbers(table: Uint8Array): Uint32Array {
  const reader = new Reader(table, 'little')
  return Uint32Array.from({ length: table.length >>> 2 }, () => reader.u32())
}

/** Offset behind the last sector that is in use, from the start of the file. */
export function endOf(table: Uint32Array, { shift }: Compound): number {
  return (table.findLastIndex((next) => next !== FREE) + 2) * 2 ** shift
}

/** Follows chains; a sector belongs to one of them only, which bounds the work by the table. */
export class Chains {
  readonly #table: Uint32Array
  readonly #used: Uint8Array

  constructor(table: Uint32Array) {
    this.#table = table
    this.#used = new Uint8Array(table.length)
  }

  /** The sectors from `first` on, `most` at most. False at the end of one that is torn or belongs to another, too. */
  *follow(first: number, most = Number.POSITIVE_INFINITY): Generator<number, boolean> {
    let sector = first
    for (let count = 0; count < most && sector < LAST; count++) {
      if (sector >= this.#table.length || this.#used[sector] === 1) return false
      this.#used[sector] = 1
      yield sector
      sector = this.#table[sector] as number
    }
    return true
  }
}
