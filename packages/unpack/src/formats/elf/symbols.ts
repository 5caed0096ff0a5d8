import { cString, Reader } from '@messlatte/bytes'
import { dynamicValue, elfDynamic, offsetOf } from './dynamic.ts'
import { type Elf, type ElfSection, SECTION } from './parse.ts'

export interface ElfSymbol {
  /** Byte string. */
  readonly name: string
  readonly value: number
  /** Bytes. */
  readonly size: number
  /** 0 none, 1 object, 2 function, 3 section, 4 file. */
  readonly type: number
  /** 0 local, 1 global, 2 weak. */
  readonly binding: number
  /** Section index; 0 says that it is imported. */
  readonly section: number
}

interface SymbolTable {
  /** From the start of the file, in bytes. */
  readonly offset: number
  readonly count: number
  readonly namesAt: number
  readonly namesSize: number
}

const MAX_NAME = 4096
const DYNAMIC = { hash: 4, names: 5, symbols: 6, namesSize: 10, mipsSymbols: 0x70000011 }

/** Symbols of the dynamic linker, also of files without sections; one after the other, so that nobody pays for all. */
export function dynamicSymbols(elf: Elf): Iterable<ElfSymbol> {
  const table = elf.sections.find((section) => section.type === SECTION.dynamicSymbols)
  return symbolsIn(elf, table ? tableOfSection(elf, table) : tableOfSegment(elf))
}

/** Symbols for debuggers; stripped files have none. */
export function staticSymbols(elf: Elf): Iterable<ElfSymbol> {
  const table = elf.sections.find((section) => section.type === SECTION.symbols)
  return symbolsIn(elf, table && tableOfSection(elf, table))
}

function sizeOfSymbol(elf: Elf): number {
  return elf.bits === 64 ? 24 : 16
}

function tableOfSection(elf: Elf, section: ElfSection): SymbolTable | undefined {
  const names = elf.sections[section.link]
  if (names?.type !== SECTION.strings) return undefined
  const count = Math.floor(section.size / sizeOfSymbol(elf))
  return { offset: section.offset, count, namesAt: names.offset, namesSize: names.size }
}

/** Without sections, the number of symbols follows from the hash table, on MIPS from a word of its own. */
function tableOfSegment(elf: Elf): SymbolTable | undefined {
  const entries = elfDynamic(elf)
  const [symbols, names, hash] = [DYNAMIC.symbols, DYNAMIC.names, DYNAMIC.hash].map((tag) => {
    const address = dynamicValue(entries, tag)
    return address === undefined ? undefined : offsetOf(elf, address)
  })
  if (symbols === undefined || names === undefined) return undefined
  const count =
    dynamicValue(entries, DYNAMIC.mipsSymbols) ??
    hashedSymbols(elf, hash) ??
    Math.floor((names - symbols) / sizeOfSymbol(elf))
  return { offset: symbols, count, namesAt: names, namesSize: dynamicValue(entries, DYNAMIC.namesSize) ?? 0 }
}

function hashedSymbols(elf: Elf, offset: number | undefined): number | undefined {
  if (offset === undefined || elf.at + offset + 8 > elf.bytes.size) return undefined
  return new Reader(elf.bytes.view(elf.at + offset + 4, 4), elf.endian).u32()
}

const CHUNK = 1024

/** What lies outside of the bytes is left out. */
function* symbolsIn(elf: Elf, table: SymbolTable | undefined): Generator<ElfSymbol> {
  if (!table) return
  const { bytes, at } = elf
  const size = sizeOfSymbol(elf)
  const room = Math.floor((bytes.size - at - table.offset) / size)
  const count = Math.min(table.count, room)
  const name = nameReader(elf, table)
  for (let first = 0; first < count; first += CHUNK) {
    const length = Math.min(CHUNK, count - first)
    const reader = new Reader(bytes.view(at + table.offset + first * size, length * size), elf.endian)
    for (let i = 0; i < length; i++) yield elf.bits === 64 ? symbol64(reader, name) : symbol32(reader, name)
  }
}

function nameReader({ bytes, at }: Elf, { namesAt, namesSize }: SymbolTable): (offset: number) => string {
  const start = at + namesAt
  const end = Math.min(start + namesSize, bytes.size)
  return (offset) => {
    const from = start + offset
    return offset === 0 || from >= end ? '' : cString(bytes.view(from, Math.min(MAX_NAME, end - from)))
  }
}

function symbol32(reader: Reader, name: (offset: number) => string): ElfSymbol {
  const [nameOffset, value, size, info] = [reader.u32(), reader.u32(), reader.u32(), reader.u8()]
  reader.skip(1)
  return { name: name(nameOffset), value, size, type: info & 15, binding: info >>> 4, section: reader.u16() }
}

function symbol64(reader: Reader, name: (offset: number) => string): ElfSymbol {
  const [nameOffset, info] = [reader.u32(), reader.u8()]
  reader.skip(1)
  const section = reader.u16()
  return {
    name: name(nameOffset),
    value: reader.size64(),
    size: reader.size64(),
    type: info & 15,
    binding: info >>> 4,
    section,
  }
}
