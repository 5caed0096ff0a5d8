import { type Bytes, type Endian, Reader } from '@messlatte/bytes'

/** Bytes of an entry: a pointer to a name, a value, the type, and a group. */
export const ENTRY = 16
/** Bytes before the type. */
export const TYPE_AT = 8
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

/** Type and group, as they stand in memory: the type in the second or in the third byte. */
export const MAGICS = [...TYPES.keys()].flatMap((type) => {
  const letter = String.fromCharCode(type)
  return [`\0\0${letter}\0\0\0\0\0`, `\0${letter}\0\0\0\0\0\0`]
})

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

function countEntries(bytes: Bytes, at: number, typeAt: number): number {
  let count = 0
  for (let place = at; count < MOST && place + ENTRY <= bytes.size; place += ENTRY) {
    if (!isEntry(bytes.view(place, ENTRY), typeAt)) break
    count++
  }
  return count
}

function isEntry(entry: Uint8Array, typeAt: number): boolean {
  for (let place = TYPE_AT; place < ENTRY; place++) {
    if (place !== TYPE_AT + typeAt && entry[place] !== 0) return false
  }
  const reader = new Reader(entry, 'big')
  return reader.u32() !== 0 && reader.u32() !== 0 && TYPES.has(entry[TYPE_AT + typeAt] as number)
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
