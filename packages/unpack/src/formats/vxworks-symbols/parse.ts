import { type Bytes, type Endian, pastFiller, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'

/** Bytes of an entry: a pointer to a name, a value, the type, and a group. */
export const ENTRY = 16
/** Bytes before the type. */
const TYPE_AT = 8
/** The type stands in the second or in the third byte of its four. */
const TYPE_PLACES = [1, 2]
/** No system has fewer symbols, and some other tables look like a few. */
const LEAST = 250
const MOST = 200_000
/** Names stand together, and so do the things that they name: bytes from the first to the last. */
const MOST_SPREAD = 64 * 1024 * 1024

const TYPES: ReadonlyMap<number, VxSymbol['type']> = new Map([
  [5, 'function'],
  [7, 'data'],
  [9, 'bss'],
])

export interface VxSymbol {
  /** Address of its name. */
  readonly name: number
  readonly value: number
  readonly type: 'function' | 'data' | 'bss'
}

export interface SymbolTable {
  readonly endian: Endian
  readonly symbols: readonly VxSymbol[]
}

/**
 * Entries from `at` on, up to one that is none. Where the type stands says nothing of the byte order, so both are tried: in the
 * wrong one, neighbours lie gigabytes apart. Source: binwalk 3, src/structures/vxworks.rs; VxWorks, symbol.h.
 * @throws BytesError
 */
export function readSymbols(bytes: Bytes, at: number): SymbolTable | undefined {
  const typeAt = bytes.view(at + TYPE_AT, 2)[1] === 0 ? 2 : 1
  const count = countEntries(bytes, at, typeAt)
  if (count < LEAST) return undefined
  for (const endian of ['big', 'little'] as const) {
    const symbols: VxSymbol[] = []
    for (let index = 0; index < count; index++) {
      const entry = bytes.view(at + index * ENTRY, ENTRY)
      const reader = new Reader(entry, endian)
      const [name, value] = [reader.u32(), reader.u32()]
      symbols.push({ name, value, type: TYPES.get(entry[TYPE_AT + typeAt] as number) as VxSymbol['type'] })
    }
    if (liesTogether(symbols)) return { endian, symbols }
  }
  return undefined
}

/** Bytes from one look to the next: a table that counts has twice as many at least. */
const LOOK = (LEAST * ENTRY) / 2

/**
 * Where tables may begin. Their numbers are too common to be searched for, but a table is long: a look now and then does not
 * miss it.
 */
export function* placesOfTables(bytes: Bytes, { start, end }: Region): Generator<number> {
  for (let look = start; look + 3 * ENTRY <= end; ) {
    const found = entriesNear(bytes, look)
    if (!found) {
      look = pastFiller(bytes, look + LOOK)
      continue
    }
    const { typeAt } = found
    let at = found.at
    while (at - ENTRY >= start && look - at < LOOK && isEntry(bytes.view(at - ENTRY, ENTRY), 0, typeAt))
      at -= ENTRY
    yield at
    look = Math.max(look + LOOK, at + countEntries(bytes, at, typeAt) * ENTRY)
  }
}

/** Two entries that follow on each other, at any of the places that they may have. */
function entriesNear(
  bytes: Bytes,
  look: number,
): { readonly at: number; readonly typeAt: number } | undefined {
  const view = bytes.view(look, 3 * ENTRY)
  for (let phase = 0; phase < ENTRY; phase++) {
    for (const typeAt of TYPE_PLACES) {
      if (isEntry(view, phase, typeAt) && isEntry(view, phase + ENTRY, typeAt))
        return { at: look + phase, typeAt }
    }
  }
  return undefined
}

function countEntries(bytes: Bytes, at: number, typeAt: number): number {
  let count = 0
  for (let place = at; count < MOST && place + ENTRY <= bytes.size; place += ENTRY) {
    if (!isEntry(bytes.view(place, ENTRY), 0, typeAt)) break
    count++
  }
  return count
}

/** An entry at `from`: a type, zeros around it, and two pointers that lead somewhere. */
function isEntry(view: Uint8Array, from: number, typeAt: number): boolean {
  const type = from + TYPE_AT
  if (!TYPES.has(view[type + typeAt] as number)) return false
  for (let place = type; place < from + ENTRY; place++) {
    if (place !== type + typeAt && view[place] !== 0) return false
  }
  return isPointer(view, from) && isPointer(view, from + 4)
}

function isPointer(view: Uint8Array, at: number): boolean {
  return view[at] !== 0 || view[at + 1] !== 0 || view[at + 2] !== 0 || view[at + 3] !== 0
}

function liesTogether(symbols: readonly VxSymbol[]): boolean {
  const names = new Set(symbols.map(({ name }) => name))
  // A name for each, apart from the few that several files have.
  return (
    names.size * 2 > symbols.length &&
    spread(symbols.map(({ name }) => name)) <= MOST_SPREAD &&
    spread(symbols.filter(({ type }) => type === 'function').map(({ value }) => value)) <= MOST_SPREAD
  )
}

function spread(numbers: readonly number[]): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const number of numbers) {
    low = Math.min(low, number)
    high = Math.max(high, number)
  }
  return numbers.length === 0 ? 0 : high - low
}
